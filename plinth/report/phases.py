"""Where the time of a run went, as far as its events tell."""

from collections.abc import Iterator, Sequence

from plinth.report.event import Event
from plinth.report.model import Phase
from plinth.report.steps import is_real

_STACK_JUDGED = "policyAnalyzeStackSummaryEvent"
_RESOURCE_KINDS = ("resourcePreEvent", "resOutputsEvent", "resOpFailedEvent")


def phases(events: Sequence[Event], began: float, ended: float) -> tuple[Phase, ...]:
    """Consecutive stretches whose seconds add up to `ended - began`; one without a mark is left out."""
    marks = [("start", began), *_marks(events)]
    ends = [start for _, start in marks[1:]] + [ended]
    return tuple(Phase(name, max(0.0, end - start)) for (name, start), end in zip(marks, ends, strict=True))


def _marks(events: Sequence[Event]) -> Iterator[tuple[str, float]]:
    """The name of each later stretch with the moment at which it begins."""
    resources = [event.at for event in events if event.kind in _RESOURCE_KINDS and is_real(event)]
    for kind, name in (
        ("policyLoadEvent", "policy pack"),
        ("preludeEvent", "program"),
    ):
        at = next((event.at for event in events if event.kind == kind), None)
        if at is not None:
            yield name, at
    if resources:
        yield "resources", resources[0]
        judged = [event.at for event in events if event.kind == _STACK_JUDGED and event.at >= resources[-1]]
        if judged:
            yield "policies on the whole stack", resources[-1]
        yield "end", max([resources[-1], *judged])
