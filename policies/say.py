"""Findings in words. No value of a property ever appears in them: it could be a secret."""

from collections.abc import Iterable

from policies.engine import Finding, Outcome


def text(finding: Finding) -> str:
    """What is wrong, where and what to do, for the terminal and the engine's events."""
    if finding.outcome is Outcome.ERROR:
        return f"{finding.message}. The resource was not judged. Fix: correct the rule in policies/rules."
    if finding.outcome is Outcome.UNKNOWN:
        return f"{finding.path} {finding.message}: it is judged during the deployment."
    said = f"{finding.rule.title}.\n{_sentence(finding)}.\nFix: {finding.rule.fix}"
    return said if finding.waiver is None else f"{_waived(finding)}\n{said}"


def unknowns(findings: Iterable[Finding]) -> str:
    """One sentence for all that a stack rule cannot judge yet."""
    places = sorted({f"{finding.resource.name} ({finding.path})" for finding in findings})
    return f"Not known before deployment, judged at its end: {', '.join(places)}."


def _sentence(finding: Finding) -> str:
    return f"{finding.path} {finding.message}".strip()


def _waived(finding: Finding) -> str:
    waiver = finding.waiver
    return f"Waived until {waiver.expires} by {waiver.owner}: {waiver.reason}" if waiver else ""
