"""What is wrong with the settings of stacks, all of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plinth.engine.project import configured_stacks
from plinth.errors import ConfigurationError
from plinth.settings.stack_file import configuration_of
from stacks.settings import errors
from stacks.settings.every import stack_names
from stacks.settings.load import load
from stacks.settings.problem import Problem


@dataclass(frozen=True)
class Verdict:
    """A stack and its problems; `unreadable` is why its file could not be looked at."""

    stack: str
    problems: tuple[Problem, ...] = ()
    unreadable: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the stack can be brought up as far as its settings are concerned."""
        return not self.problems and self.unreadable is None


def every_stack(root: Path) -> list[str]:
    """The project's stack files, and every system in every environment."""
    return list(dict.fromkeys([*configured_stacks(root), *stack_names()]))


def verdicts(stacks: Iterable[str], root: Path) -> Iterator[Verdict]:
    """One for each stack, whatever is wrong with another."""
    for stack in stacks:
        try:
            load(configuration_of(stack, root))
        except errors.ConfigurationError as error:
            yield Verdict(stack, error.problems)
        except ConfigurationError as error:
            yield Verdict(stack, unreadable=str(error))
        else:
            yield Verdict(stack)
