"""What the policy packs said, from the engine's policy events."""

from collections.abc import Iterable, Sequence

from plinth.report.event import Event
from plinth.report.model import Verdicts, Violation
from plinth.report.urn import STACK_TYPE, name_of, short_type, type_of

_LEVELS = ("mandatory", "remediate", "advisory")
_SUMMARIES = (
    "policyAnalyzeSummaryEvent",
    "policyAnalyzeStackSummaryEvent",
    "policyRemediateSummaryEvent",
)


def verdicts(events: Sequence[Event]) -> Verdicts:
    """Violations, sternest first, and the names of the policies that found nothing."""
    found = [_violation(event) for event in events if event.kind == "policyEvent"]
    failed = {violation.policy for violation in found} | _named(events, "failed")
    return Verdicts(
        packs=tuple(sorted(_packs(events))),
        passed=tuple(sorted(_named(events, "passed") - failed)),
        violations=tuple(sorted(dict.fromkeys(found), key=_rank)),
    )


def _violation(event: Event) -> Violation:
    urn = event.body.get("resourceUrn", "")
    whole_stack = not urn or type_of(urn) == STACK_TYPE
    return Violation(
        policy=event.body["policyName"],
        level=event.body["enforcementLevel"],
        message=event.body["message"].strip(),
        urn="" if whole_stack else urn,
        name="" if whole_stack else name_of(urn),
        type="" if whole_stack else short_type(type_of(urn)),
    )


def _named(events: Iterable[Event], field: str) -> set[str]:
    return {name for event in events if event.kind in _SUMMARIES for name in event.body.get(field) or ()}


def _packs(events: Iterable[Event]) -> set[str]:
    """From every policy event, because a failed run's summary may name none."""
    packs: set[str] = set()
    for event in events:
        if "policyPackName" in event.body:
            packs.add(f"{event.body['policyPackName']} {event.body.get('policyPackVersion', '')}".strip())
    return packs


def _rank(violation: Violation) -> tuple[int, str, str, str]:
    level = _LEVELS.index(violation.level) if violation.level in _LEVELS else len(_LEVELS)
    return (level, violation.policy, violation.name, violation.message)
