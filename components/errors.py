"""The one way a component refuses its arguments."""

from __future__ import annotations

import pulumi


class ComponentError(pulumi.RunError):
    """Arguments contradict each other or AWS; raised before any child is registered.

    A `RunError`, so that the engine prints the sentence and no traceback.
    """

    def __init__(self, where: str, problem: str, *, expected: str, fix: str) -> None:
        super().__init__(f"{where}: {problem}. Expected {expected}. Fix: {fix}.")
        self.where = where
        self.problem = problem
        self.expected = expected
        self.fix = fix
