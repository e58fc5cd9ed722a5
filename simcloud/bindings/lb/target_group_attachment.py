from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_TARGET = {
    "Id": "targetId",
    "Port": "port",
    "AvailabilityZone": "availabilityZone",
    "QuicServerId": "quicServerId",
}
_GONE = ("Target.NotRegistered", "Target.DeregistrationInProgress")


class TargetGroupAttachment(Binding):
    """One target of a group. The id is the ARN, the target and, where they are given, port and zone."""

    token = "aws:lb/targetGroupAttachment:TargetGroupAttachment"
    service = "elbv2"
    operation = "register_targets"
    parameters = {f"Targets[0].{api}": name for api, name in _TARGET.items()}
    replaces = frozenset({"targetGroupArn", *_TARGET.values()})
    faults = {"InvalidTarget": "targetId"}
    references = (Reference("targetGroupArn", "target_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"TargetGroupArn": new["targetGroupArn"], "Targets": [_target(new)]}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("elbv2").register_targets(**self.request(ctx, new))
        parts = [new["targetGroupArn"], *_target(new).values()]
        return ",".join(str(part) for part in parts)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("elbv2").describe_target_health(
            TargetGroupArn=given["targetGroupArn"], Targets=[_target(given)]
        )
        found = answer["TargetHealthDescriptions"][0]
        if found["TargetHealth"].get("Reason") in _GONE:
            return None
        said = ("targetGroupArn", *_TARGET.values())
        return {name: given[name] for name in said if given.get(name) is not None}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("elbv2").deregister_targets(**self.request(ctx, old))

    def import_id(self, identity: str) -> Props:
        arn, target, *rest = identity.split(",")
        more = {"port": int(rest[0])} if rest and rest[0].isdigit() else {}
        zone = {"availabilityZone": rest[-1]} if rest and not rest[-1].isdigit() else {}
        return {"targetGroupArn": arn, "targetId": target, **more, **zone}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        arn, target = new["targetGroupArn"], new["targetId"]
        kind = _kind(ctx, arn) if isinstance(arn, str) else ""
        # AWS: TargetDescription, ELBv2 API reference (botocore 1.44.5), read 2026-11.
        fits = _FITS.get(kind)
        if isinstance(target, str) and fits is not None and not fits(target):
            message = f"The target {target} does not fit a target group of the type {kind}."
            yield Refusal("ValidationError", message, "targetId")
        if kind == "lambda" and new.get("port") is not None:
            yield Refusal("ValidationError", "A function has no port.", "port")
        if kind in ("instance", "alb") and new.get("availabilityZone") is not None:
            message = f"Targets of the type {kind} have no availability zone of their own."
            yield Refusal("ValidationError", message, "availabilityZone")


def _is_address(text: str) -> bool:
    return text.count(".") == 3 or (":" in text and not text.startswith("arn:"))


_FITS: dict[str, Any] = {
    "instance": lambda text: text.startswith("i-"),
    "ip": _is_address,
    "lambda": lambda text: ":lambda:" in text,
    "alb": lambda text: ":loadbalancer/app/" in text,
}


def _target(props: Props) -> Params:
    return without_none({api: props.get(name) for api, name in _TARGET.items()})


def _kind(ctx: Context, arn: str) -> str:
    """The type of targets that the group takes, or nothing if there is no such group."""
    try:
        found = ctx.client("elbv2").describe_target_groups(TargetGroupArns=[arn])["TargetGroups"]
    except ClientError:
        return ""
    return str(found[0].get("TargetType", "")) if found else ""
