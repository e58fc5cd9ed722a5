"""What a deployment strategy must not say."""

from __future__ import annotations

from collections.abc import Sequence

from components.errors import ComponentError
from components.service_bake import MINUTES_TO_ALARM
from components.service_deployment import BlueGreen, Canary, Deployment, Hook, Linear, Rolling

# AWS: DeploymentConfiguration, ECS API reference (pulumi-aws 7.51.1 documents the same ranges), read 2026-11
_LONGEST_MINUTES = 1440
_LEAST_CANARY, _LEAST_STEP = 0.1, 3.0
# AWS: DeploymentLifecycleHook, ECS API reference (botocore 1.44.5), read 2026-11
STAGES = (
    "RECONCILE_SERVICE",
    "PRE_SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT",
)


def check_deployment(where: str, deployment: Deployment, *, balanced: bool, connected: bool) -> None:
    """Refuses times and shares that AWS does not take, alarms that could not fire, and traffic that is not there."""
    _check_alarm_names(where, deployment.rollback_alarms)
    if deployment.guard is not None and not balanced:
        raise _unguarded(where)
    if isinstance(deployment, Rolling):
        _check_rolling(where, deployment, balanced)
        return
    _check_traffic(where, deployment, balanced or connected)
    _check_minutes(where, "bake_minutes", deployment.bake_minutes)
    _check_shares(where, deployment)
    _check_guard_has_time(where, deployment)
    _check_hooks(where, deployment.hooks)


def _check_alarm_names(where: str, names: Sequence[str]) -> None:
    for name in names:
        if not isinstance(name, str):
            raise ComponentError(
                where,
                "a rollback alarm is given as an output",
                expected="the alarm's fixed name as text: an alarm on the service's own metrics waits for the "
                "service, which would wait for the alarm",
                fix='write the name out, such as "la-prod-web-cpu"',
            )


def _unguarded(where: str) -> ComponentError:
    return ComponentError(
        where,
        "a guard on the answers, but no load balancer sees them",
        expected="a load balancer, or guard=None with rollback_alarms",
        fix="give the service `behind`, or pass guard=None",
    )


def _check_rolling(where: str, deployment: Rolling, balanced: bool) -> None:
    if deployment.pair and not balanced:
        raise ComponentError(
            where,
            "a pair of target groups, but no load balancer",
            expected="`behind`, or `target` with an alternate",
            fix="drop pair, or give the service `behind`",
        )
    if deployment.trial is not None and not deployment.pair:
        raise ComponentError(
            where,
            "a trial listener without a second target group",
            expected="pair=True beside trial",
            fix="drop trial, or pass pair=True",
        )


def _check_traffic(where: str, deployment: Deployment, has_traffic: bool) -> None:
    if not has_traffic:
        raise ComponentError(
            where,
            f"{type(deployment).__name__} shifts traffic, and the service gets none",
            expected="a load balancer or Service Connect",
            fix="give the service `behind` or `connect`, or deploy with Rolling()",
        )


def _check_minutes(where: str, what: str, minutes: int) -> None:
    if not 0 <= minutes <= _LONGEST_MINUTES:
        raise ComponentError(
            where,
            f"{what} is {minutes}",
            expected=f"0 to {_LONGEST_MINUTES} minutes, which is what AWS takes",
            fix=f"choose another {what}",
        )


def _check_shares(where: str, deployment: BlueGreen | Canary | Linear) -> None:
    if isinstance(deployment, Canary):
        _check_minutes(where, "canary_minutes", deployment.canary_minutes)
        _check_share(where, deployment.percent, _LEAST_CANARY)
    if isinstance(deployment, Linear):
        _check_minutes(where, "step_minutes", deployment.step_minutes)
        _check_share(where, deployment.percent, _LEAST_STEP)


def _check_share(where: str, percent: float, least: float) -> None:
    if not least <= percent < 100:
        raise ComponentError(
            where,
            f"{percent:g} percent of the traffic at a time",
            expected=f"{least:g} to less than 100; BlueGreen shifts all at once",
            fix="choose another percent",
        )


def _check_guard_has_time(where: str, deployment: BlueGreen | Canary | Linear) -> None:
    if deployment.guard is not None and deployment.bake_minutes < MINUTES_TO_ALARM:
        raise ComponentError(
            where,
            f"the old version is gone after {deployment.bake_minutes} minutes, before an alarm could fire",
            expected=f"bake_minutes of {MINUTES_TO_ALARM} or more, or guard=None",
            fix=f"raise bake_minutes to {MINUTES_TO_ALARM}",
        )


def _check_hooks(where: str, hooks: Sequence[Hook]) -> None:
    for hook in hooks:
        wrong = sorted(set(hook.stages) - set(STAGES))
        if wrong or not hook.stages:
            raise ComponentError(
                where,
                f"a hook at {', '.join(wrong) or 'no stage'}",
                expected=f"one or more of {', '.join(STAGES)}",
                fix="correct the hook's stages",
            )
