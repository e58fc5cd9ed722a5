"""One report from the events of one engine run."""

from collections.abc import Sequence

from plinth.report.event import Event
from plinth.report.failures import CANCELED, failures, notes, warnings
from plinth.report.model import Report, Result
from plinth.report.outputs import stack_outputs
from plinth.report.phases import phases
from plinth.report.steps import steps
from plinth.report.verdicts import verdicts


def build_report(
    events: Sequence[Event],
    *,
    operation: str,
    stack: str,
    began: float | None = None,
    ended: float | None = None,
) -> Report:
    """`began` and `ended` are on the events' clock; without them the first and the last event count."""
    start = began if began is not None else (events[0].at if events else 0.0)
    end = ended if ended is not None else (events[-1].at if events else start)
    result = _result(events)
    return Report(
        operation=operation,
        stack=stack,
        preview=operation == "preview",
        result=result,
        steps=steps(events),
        outputs=stack_outputs(events),
        verdicts=verdicts(events),
        failures=failures(events),
        warnings=warnings(events),
        # A program that is told to stop tells its last thoughts: they explain nothing.
        notes=() if result is Result.CANCELED else notes(events),
        phases=phases(events, start, end),
        seconds=end - start,
    )


def _result(events: Sequence[Event]) -> Result:
    # The summary of a run that was told to stop says "failed".
    if any(event.body.get("message", "").strip() in CANCELED for event in events):
        return Result.CANCELED
    for event in reversed(events):
        if event.kind == "summaryEvent":
            return Result(event.body.get("result", Result.UNFINISHED))
    return Result.UNFINISHED
