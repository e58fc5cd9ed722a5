"""How long it took, and where the time went."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from plinth.render.words import took
from plinth.report.model import Report, Step
from plinth.report.outcome import Outcome

_SLOW_SECONDS = 1.0
_SHOWN_SLOW = 3


def timing_lines(outcome: Outcome) -> list[Text]:
    """One line for the whole, one for the engine's stretches, one for the slowest resources if any is slow."""
    report = outcome.report
    lines = [
        Text(
            f"Took {took(outcome.seconds)} ({', '.join(_shares(outcome))})",
            style="bold",
        )
    ]
    if report.phases:
        spans = ", ".join(f"{phase.name} {phase.seconds:.1f}" for phase in report.phases)
        lines.append(Text(f"  in the engine: {spans} s", style="dim"))
    if slow := _slowest(report):
        names = ", ".join(f"{step.name} {step.seconds:.1f} s" for step in slow)
        lines.append(Text(f"  slowest: {names}", style="dim"))
    return lines


def _shares(outcome: Outcome) -> Iterator[str]:
    yield f"engine {took(outcome.report.seconds)}"
    if outcome.cloud_seconds >= 0.05:
        yield f"starting the simulated cloud {took(outcome.cloud_seconds)}"
    rest = outcome.seconds - outcome.report.seconds - outcome.cloud_seconds
    yield f"plinth {took(max(0.0, rest))}"


def _slowest(report: Report) -> Sequence[Step]:
    slow = [step for step in report.changes if (step.seconds or 0.0) >= _SLOW_SECONDS]
    return sorted(slow, key=lambda step: -(step.seconds or 0.0))[:_SHOWN_SLOW]
