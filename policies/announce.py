"""How the pack introduces itself to the engine, and the engine's words for levels and severities."""

from collections.abc import Iterable

from pulumi.runtime.proto import analyzer_pb2 as wire

from policies.environment import Environment
from policies.pack import NAME
from policies.rule import Level, Rule, Scope, Severity

VERSION = "0.1.0"
"""Shown only where PulumiPolicy.yaml names no version."""

STALE_WAIVERS = "waivers-current"
"""The policy under which waivers that expired or waive nothing are reported."""

_LEVELS = {
    Level.DISABLED: wire.DISABLED,
    Level.ADVISORY: wire.ADVISORY,
    Level.MANDATORY: wire.MANDATORY,
}
_SEVERITIES = {
    Severity.LOW: wire.POLICY_SEVERITY_LOW,
    Severity.MEDIUM: wire.POLICY_SEVERITY_MEDIUM,
    Severity.HIGH: wire.POLICY_SEVERITY_HIGH,
    Severity.CRITICAL: wire.POLICY_SEVERITY_CRITICAL,
}
_TYPES = {
    Scope.RESOURCE: wire.POLICY_TYPE_RESOURCE,
    Scope.STACK: wire.POLICY_TYPE_STACK,
}


def analyzer_info(rules: Iterable[Rule], environment: Environment) -> wire.AnalyzerInfo:
    """One policy per rule, at its level in this environment; no initial config, which could lower levels."""
    policies = [_policy(rule, environment) for rule in rules]
    return wire.AnalyzerInfo(
        name=NAME,
        displayName="Plinth",
        version=VERSION,
        supportsConfig=True,
        policies=[*policies, _stale_waivers()],
    )


def level_on_wire(level: Level) -> wire.EnforcementLevel.ValueType:
    return _LEVELS[level]


def level_from_wire(level: wire.EnforcementLevel.ValueType) -> Level:
    """The engine's `remediate` is mandatory here: no rule changes a resource."""
    return next((ours for ours, theirs in _LEVELS.items() if theirs == level), Level.MANDATORY)


def severity_on_wire(severity: Severity) -> wire.PolicySeverity.ValueType:
    return _SEVERITIES[severity]


def _policy(rule: Rule, environment: Environment) -> wire.PolicyInfo:
    return wire.PolicyInfo(
        name=rule.id,
        displayName=rule.title,
        description=rule.title,
        enforcementLevel=level_on_wire(rule.level(environment)),
        severity=severity_on_wire(rule.severity),
        policy_type=_TYPES[rule.scope],
        remediation_steps=rule.fix,
        tags=[str(control) for control in rule.controls],
    )


def _stale_waivers() -> wire.PolicyInfo:
    return wire.PolicyInfo(
        name=STALE_WAIVERS,
        displayName="Waivers are in force and needed",
        description="Waivers are in force and needed",
        enforcementLevel=wire.ADVISORY,
        severity=wire.POLICY_SEVERITY_LOW,
        policy_type=wire.POLICY_TYPE_STACK,
        remediation_steps="Remove the waiver from policies/waivers.yaml, or renew it with a reason.",
    )
