"""Composite alarms as CloudWatch answers them."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult

from simcloud.bindings.cloudwatch import _alarm_rule
from simcloud.patches import adds, around

_SUPPRESSOR = {
    "ActionsSuppressor": "actions_suppressor",
    "ActionsSuppressorWaitPeriod": "actions_suppressor_wait_period",
    "ActionsSuppressorExtensionPeriod": "actions_suppressor_extension_period",
}


class _Refused(ServiceException):
    code = "ValidationError"


@adds(CloudWatchResponse)
def put_composite_alarm(self: Any) -> Any:
    """AWS: an alarm over alarms, which exist; moto: not implemented."""
    backend, name = self.cloudwatch_backend, self._get_param("AlarmName")
    known = backend.alarms.get(name)
    if known is not None and known.rule is None:
        raise _Refused(f"{name} is a metric alarm already.")
    missing = [other for other in _named(self._get_param("AlarmRule")) if other not in backend.alarms]
    if missing:
        raise _Refused(
            f"Could not save the composite alarm as alarms [{', '.join(missing)}] in the alarm rule do not exist"
        )
    self.put_metric_alarm()
    alarm = backend.alarms[name]
    for parameter, attribute in _SUPPRESSOR.items():
        setattr(alarm, attribute, self._get_param(parameter))
    if known is not None:
        alarm.state_value = known.state_value
    return EmptyResult()


@around(CloudWatchResponse)
def describe_alarms(original: Any, self: Any) -> Any:
    """AWS: tells of metric alarms only, unless asked for others; moto: of all."""
    kinds = self._get_param("AlarmTypes") or ["MetricAlarm"]
    found = original(self)._result
    told = {f"{kind}s": found[f"{kind}s"] for kind in ("MetricAlarm", "CompositeAlarm") if kind in kinds}
    return ActionResult(told)


@around(CloudWatchBackend)
def delete_alarms(original: Any, self: Any, alarm_names: list[str]) -> None:
    """AWS: what a composite alarm watches stays; moto: goes."""
    held = [name for name in alarm_names if name in self.alarms and _is_watched(self, name)]
    if held:
        them = "it" if len(held) == 1 else "them"
        raise _Refused(f"Cannot delete {','.join(held)} as there are composite alarm(s) depending on {them}.")
    original(self, alarm_names)


def _is_watched(backend: Any, name: str) -> bool:
    composites = [alarm for alarm in backend.alarms.values() if alarm.rule is not None]
    return any(name in _watched(alarm) for alarm in composites)


def _watched(alarm: Any) -> list[str]:
    suppressor = str(getattr(alarm, "actions_suppressor", None) or "").split(":alarm:", 1)[-1]
    return [*_named(alarm.rule), suppressor]


def _named(rule: str) -> list[str]:
    try:
        return _alarm_rule.alarms(rule)
    except _alarm_rule.RuleError as error:
        raise _Refused(f"AlarmRule is not valid: {error}.") from error
