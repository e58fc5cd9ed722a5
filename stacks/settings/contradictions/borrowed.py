"""Asks the components' own checks, so that what they would refuse halfway is refused before the start."""

from collections.abc import Callable, Iterator

from components.errors import ComponentError
from stacks.settings.problem import Problem


def refused(path: str, involves: tuple[str, ...], check: Callable[[], object]) -> Iterator[Problem]:
    """The problem that `check` raises, if it does, told at `path`."""
    try:
        check()
    except ComponentError as error:
        yield Problem(
            path=path, problem=error.problem, expected=error.expected, fix=error.fix, involves=involves
        )
