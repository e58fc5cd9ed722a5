from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.cloudwatch import _event_target, _event_target_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props


class EventTarget(Binding):
    """Where a rule's events go."""

    token = _event_target.TOKEN
    service = "events"
    operation = "put_targets"
    parameters = {f"Targets[0].{there}": here for here, there in _event_target.MEMBERS.items()}
    replaces = frozenset({"rule", "eventBusName", "targetId"})
    defaults = {"eventBusName": "default", "forceDestroy": False}
    references = (Reference("roleArn", "role"), Reference("eventBusName", "event_bus"))

    def request(self, ctx: Context, new: Props) -> Params:
        target = {"Id": UNKNOWN, **_event_target.params(ctx, new)}
        return {"Rule": new["rule"], "EventBusName": new["eventBusName"], "Targets": [target]}

    def create(self, ctx: Context, new: Props) -> str:
        named = {**new, "targetId": new.get("targetId") or _fresh_id()}
        self._put(ctx, named)
        return _identity(named)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            target = self._targets(ctx, new).get(identity, {})
            self._put(ctx, {**new, "targetId": target.get("Id") or new["targetId"]})

    def _put(self, ctx: Context, new: Props) -> None:
        answer = ctx.client("events").put_targets(**self.request(ctx, new))
        for entry in answer["FailedEntries"]:
            raise Refusal(entry["ErrorCode"], entry["ErrorMessage"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        asked = {"eventBusName": "default", **given}
        targets = self._targets(ctx, asked)
        target = targets.get(identity)
        if target is None and "targetId" in asked:
            target = targets.get(_identity(asked))
        if target is None:
            return None
        return {
            "rule": asked["rule"],
            "eventBusName": asked["eventBusName"],
            **_event_target.props(ctx, target),
        }

    def _targets(self, ctx: Context, props: Props) -> dict[str, Mapping[str, Any]]:
        """The rule's targets by the provider's id."""
        found = ctx.client("events").list_targets_by_rule(
            Rule=props["rule"], EventBusName=props["eventBusName"]
        )["Targets"]
        return {_identity({**props, "targetId": target["Id"]}): target for target in found}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        target = self._targets(ctx, old).get(identity)
        if target is not None:
            ctx.client("events").remove_targets(
                Rule=old["rule"],
                EventBusName=old["eventBusName"],
                Ids=[target["Id"]],
                Force=bool(old.get("forceDestroy")),
            )

    def import_id(self, identity: str) -> Props:
        *bus, rule, target = identity.split("/")
        return {"rule": rule, "targetId": target, "eventBusName": "/".join(bus) or "default"}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _identity(found)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _event_target_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        events = ctx.client("events")
        listed = events.list_rules(NamePrefix=new["rule"], EventBusName=new["eventBusName"])["Rules"]
        if all(rule["Name"] != new["rule"] for rule in listed):
            yield Refusal(
                "ResourceNotFoundException",
                f"Rule {new['rule']} does not exist on EventBus {new['eventBusName']}.",
                "rule",
            )


def _fresh_id() -> str:
    """As the real provider makes one up."""
    return f"terraform-{datetime.now(UTC):%Y%m%d%H%M%S%f}{secrets.token_hex(3)}"


def _identity(props: Props) -> str:
    """As the real provider writes it: the bus in front, unless it is the default one."""
    bus = [] if props["eventBusName"] == "default" else [props["eventBusName"]]
    return "-".join([*bus, props["rule"], props["targetId"]])
