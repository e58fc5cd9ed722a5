"""A whole command around one engine run: what came before, how long it took, what to do next."""

from dataclasses import dataclass

from plinth.report.model import Report


@dataclass(frozen=True)
class Suggestion:
    """A command to type next, and why."""

    command: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """`seconds` is the whole command, `cloud_seconds` the part spent on starting the simulated cloud.

    `repairs` says in one line each what was put right before the run.
    """

    report: Report
    exit_code: int
    seconds: float
    cloud_seconds: float = 0.0
    repairs: tuple[str, ...] = ()
    next_commands: tuple[Suggestion, ...] = ()
    log: str = ""
