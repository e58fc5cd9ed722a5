"""Policy verdicts: violations by level, then how many policies found nothing."""

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from plinth.render.words import plural
from plinth.report.model import Verdicts, Violation

# A finding about very many resources is one finding; --json lists them all.
_NAMED = 10

_STYLES = {"mandatory": "bold red", "advisory": "yellow"}


def policy_lines(verdicts: Verdicts, *, so_far: bool = False) -> list[Text]:
    """Nothing when no policy pack ran; `so_far` when the run stopped before all were asked."""
    if not verdicts.packs:
        return []
    ending = " so far" if so_far else ""
    lines = [
        Text(
            f"Policies ({', '.join(verdicts.packs)}): {_summary(verdicts)}{ending}",
            style="bold",
        )
    ]
    for (level, policy), group in groupby(verdicts.violations, key=lambda v: (v.level, v.policy)):
        lines.append(Text.assemble("  ", (level.upper(), _STYLES.get(level, "")), f"  {policy}"))
        lines.extend(_findings(list(group)))
    return lines


def _summary(verdicts: Verdicts) -> str:
    violated = len({violation.policy for violation in verdicts.violations})
    passed = f"{plural(len(verdicts.passed), 'policy')} passed"
    return f"{violated} violated, {passed}" if violated else passed


def _findings(violations: Sequence[Violation]) -> list[Text]:
    """Each distinct message once, below the resources it is about."""
    lines: list[Text] = []
    by_message: dict[str, list[Violation]] = {}
    for violation in violations:
        by_message.setdefault(violation.message, []).append(violation)
    for message, about in by_message.items():
        lines.extend(Text(f"    {subject}") for subject in _subjects(about))
        lines.extend(Text(f"      {line}", style="dim") for line in message.splitlines())
    return lines


def _subjects(violations: Sequence[Violation]) -> list[str]:
    subjects = [_subject(violation) for violation in violations]
    rest = len(subjects) - _NAMED
    return [*subjects[:_NAMED], f"and {rest} more"] if rest > 1 else subjects


def _subject(violation: Violation) -> str:
    return f"{violation.type}  {violation.name}" if violation.name else "the whole stack"
