"""Findings as the engine wants them."""

from collections.abc import Iterable, Iterator

from pulumi.runtime.proto import analyzer_pb2 as wire

from policies import say
from policies.announce import STALE_WAIVERS, VERSION, level_on_wire, severity_on_wire
from policies.engine import Finding, Outcome
from policies.pack import NAME
from policies.rule import Level, Rule, Severity
from policies.waivers import Waiver

_AT_THE_RULES_LEVEL = (Outcome.VIOLATION, Outcome.ERROR)
_AS_A_NOTE = (Outcome.WAIVED, Outcome.UNKNOWN)


def of_resource(findings: Iterable[Finding]) -> Iterator[wire.AnalyzeDiagnostic]:
    """A broken rule counts like a violation: what could not be judged must not pass as judged."""
    for finding in findings:
        if finding.outcome in _AT_THE_RULES_LEVEL:
            yield _diagnostic(finding.rule, finding.level, say.text(finding), finding.resource.urn)
        elif finding.outcome in _AS_A_NOTE:
            yield _diagnostic(finding.rule, Level.ADVISORY, say.text(finding), finding.resource.urn)


def of_stack(findings: Iterable[Finding]) -> Iterator[wire.AnalyzeDiagnostic]:
    """As of_resource, but all unknowns of a rule in one note: a first preview knows few ids."""
    known = list(findings)
    yield from of_resource(finding for finding in known if finding.outcome is not Outcome.UNKNOWN)
    open_ = [finding for finding in known if finding.outcome is Outcome.UNKNOWN]
    for rule in dict.fromkeys(finding.rule.id for finding in open_):
        of_rule = [finding for finding in open_ if finding.rule.id == rule]
        yield _diagnostic(of_rule[0].rule, Level.ADVISORY, say.unknowns(of_rule))


def of_waiver(waiver: Waiver, why: str, level: Level) -> wire.AnalyzeDiagnostic:
    return wire.AnalyzeDiagnostic(
        policyName=STALE_WAIVERS,
        policyPackName=NAME,
        policyPackVersion=VERSION,
        description="Waivers are in force and needed",
        message=f"The waiver of {waiver.rule} for {waiver.resource} ({waiver.owner}) {why}.",
        enforcementLevel=level_on_wire(level),
        severity=severity_on_wire(Severity.LOW),
    )


def not_applicable(
    rules: Iterable[Rule], findings: Iterable[Finding], why: str
) -> list[wire.PolicyNotApplicable]:
    """All that did not judge, so that the engine's summary does not count it as passed."""
    idle = [wire.PolicyNotApplicable(policy_name=rule.id, reason=why) for rule in rules]
    return idle + [
        wire.PolicyNotApplicable(policy_name=finding.rule.id, reason=finding.message)
        for finding in findings
        if finding.outcome is Outcome.NOT_APPLICABLE
    ]


def _diagnostic(rule: Rule, level: Level, message: str, urn: str = "") -> wire.AnalyzeDiagnostic:
    return wire.AnalyzeDiagnostic(
        policyName=rule.id,
        policyPackName=NAME,
        policyPackVersion=VERSION,
        description=rule.title,
        message=message,
        urn=urn,
        enforcementLevel=level_on_wire(level),
        severity=severity_on_wire(rule.severity),
    )
