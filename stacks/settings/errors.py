"""What a user reads when the settings of a stack are wrong: every problem at once."""

from collections.abc import Sequence

from stacks.settings.problem import Problem


class ConfigurationError(Exception):
    """The settings of a stack cannot be used; nothing has been created."""

    def __init__(self, stack: str, problems: Sequence[Problem]) -> None:
        self.stack = stack
        self.problems = tuple(sorted(problems, key=lambda problem: problem.path))
        super().__init__(self._words())

    def _words(self) -> str:
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = [f"  {problem.words(self.stack)}" for problem in self.problems]
        return "\n".join([f"Configuration of stack {self.stack} has {count}:", *lines])
