"""Cost Explorer's detection of anomalies, which moto lacks."""

from __future__ import annotations

import json
from typing import Any

from moto.ce.responses import CostExplorerResponse
from moto.core.exceptions import JsonRESTError
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

from simcloud.patches import adds

Record = dict[str, Any]
_MONITORS, _SUBSCRIPTIONS = "AnomalyMonitor", "AnomalySubscription"


@adds(CostExplorerResponse)
def create_anomaly_monitor(self: Any) -> str:
    """AWS: keeps a monitor, a single one for services; moto: not implemented."""
    given = json.loads(self.body)
    wanted = given[_MONITORS]
    if wanted.get("MonitorDimension") == "SERVICE" and any(
        held.get("MonitorDimension") == "SERVICE" for held in _all(self, _MONITORS).values()
    ):
        raise JsonRESTError("LimitExceededException", "Limit exceeded on dimensional spend monitor creation")
    return _created(self, _MONITORS, "MonitorArn", {"DimensionalValueCount": 0, **wanted}, given)


@adds(CostExplorerResponse)
def get_anomaly_monitors(self: Any) -> str:
    """AWS: tells those that are asked for; moto: not implemented."""
    return _listed(self, _MONITORS, "MonitorArnList")


@adds(CostExplorerResponse)
def update_anomaly_monitor(self: Any) -> str:
    """AWS: gives it another name; moto: not implemented."""
    return _updated(self, _MONITORS, "MonitorArn")


@adds(CostExplorerResponse)
def delete_anomaly_monitor(self: Any) -> str:
    """AWS: removes it; moto: not implemented."""
    return _deleted(self, _MONITORS, "MonitorArn")


@adds(CostExplorerResponse)
def create_anomaly_subscription(self: Any) -> str:
    """AWS: keeps who hears of anomalies; moto: not implemented."""
    given = json.loads(self.body)
    wanted = given[_SUBSCRIPTIONS]
    _require_monitors(self, wanted)
    complete = {"AccountId": self.current_account, **wanted}
    return _created(self, _SUBSCRIPTIONS, "SubscriptionArn", complete, given)


@adds(CostExplorerResponse)
def get_anomaly_subscriptions(self: Any) -> str:
    """AWS: tells those that are asked for; moto: not implemented."""
    return _listed(self, _SUBSCRIPTIONS, "SubscriptionArnList")


@adds(CostExplorerResponse)
def update_anomaly_subscription(self: Any) -> str:
    """AWS: changes what is given; moto: not implemented."""
    _require_monitors(self, json.loads(self.body))
    return _updated(self, _SUBSCRIPTIONS, "SubscriptionArn")


@adds(CostExplorerResponse)
def delete_anomaly_subscription(self: Any) -> str:
    """AWS: removes it; moto: not implemented."""
    return _deleted(self, _SUBSCRIPTIONS, "SubscriptionArn")


def _all(response: Any, kind: str) -> dict[str, Record]:
    held: dict[str, Record] = vars(response.ce_backend).setdefault(kind, {})
    return held


def _one(response: Any, kind: str, arn: str) -> Record:
    if arn not in _all(response, kind):
        raise JsonRESTError(f"Unknown{kind.removeprefix('Anomaly')}Exception", f"{arn} does not exist.")
    return _all(response, kind)[arn]


def _created(response: Any, kind: str, name: str, record: Record, given: Record) -> str:
    backend = response.ce_backend
    arn = f"arn:{backend.partition}:ce::{response.current_account}:{kind.lower()}/{mock_random.uuid4()}"
    today = utcnow().strftime("%Y-%m-%d")
    _all(response, kind)[arn] = {**record, name: arn, "CreationDate": today}
    backend.tag_resource(arn, given.get("ResourceTags") or [])
    return json.dumps({name: arn})


def _listed(response: Any, kind: str, names: str) -> str:
    wanted = json.loads(response.body).get(names)
    found = (
        list(_all(response, kind).values()) if not wanted else [_one(response, kind, arn) for arn in wanted]
    )
    return json.dumps({f"{kind}s": found})


def _updated(response: Any, kind: str, name: str) -> str:
    given = json.loads(response.body)
    _one(response, kind, given[name]).update(given, LastUpdatedDate=utcnow().strftime("%Y-%m-%d"))
    return json.dumps({name: given[name]})


def _deleted(response: Any, kind: str, name: str) -> str:
    arn = json.loads(response.body)[name]
    _one(response, kind, arn)
    del _all(response, kind)[arn]
    return "{}"


def _require_monitors(response: Any, given: Record) -> None:
    for arn in given.get("MonitorArnList") or ():
        _one(response, _MONITORS, arn)
