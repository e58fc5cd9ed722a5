from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings._checks import between
from simcloud.bindings.appautoscaling import _subject
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none


class Target(Binding):
    """What may be scaled, between which bounds."""

    token = "aws:appautoscaling/target:Target"
    service = "application-autoscaling"
    operation = "register_scalable_target"
    replaces = frozenset({"resourceId", "scalableDimension", "serviceNamespace"})
    references = (Reference("roleArn", "role"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                **_subject.params(new),
                "MinCapacity": new["minCapacity"],
                "MaxCapacity": new["maxCapacity"],
                "RoleARN": new.get("roleArn"),
                "SuspendedState": _suspended(new.get("suspendedState")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["resourceId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client(self.service).register_scalable_target(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        targets = ctx.client(self.service).describe_scalable_targets(
            ServiceNamespace=given["serviceNamespace"],
            ResourceIds=[given["resourceId"]],
            ScalableDimension=given["scalableDimension"],
        )["ScalableTargets"]
        if not targets:
            return None
        target = targets[0]
        return {
            "arn": target.get("ScalableTargetARN")
            or ctx.arn("application-autoscaling", f"scalable-target/{_subject.digest(given)}"),
            **_subject.props(target),
            "minCapacity": target["MinCapacity"],
            "maxCapacity": target["MaxCapacity"],
            "roleArn": target.get("RoleARN") or _service_linked_role(ctx, given["serviceNamespace"]),
            "suspendedState": _suspended_props(target.get("SuspendedState") or {}),
            # moto keeps no tags of scalable targets: they are answered from what was given.
            "tagsAll": given.get("tagsAll") or given.get("tags") or {},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if self.read(ctx, identity, old) is not None:
            ctx.client(self.service).deregister_scalable_target(**_subject.params(old))

    def import_id(self, identity: str) -> Props:
        return _subject.parsed(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        low, high = new["minCapacity"], new["maxCapacity"]
        if isinstance(low, int) and isinstance(high, int) and low > high:
            yield Refusal(
                "ValidationException",
                f"Maximum capacity {high} cannot be less than minimum capacity {low}.",
                "maxCapacity",
            )
        yield from _subject.problems(new)
        # AWS: RegisterScalableTarget, Application Auto Scaling API reference; from memory, not verified.
        for name in ("minCapacity", "maxCapacity"):
            yield from between(new, name, 0, 2147483647, "ValidationException")

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _subject.exists(ctx, new)


def _service_linked_role(ctx: Context, namespace: str) -> str:
    """The role that AWS makes for a namespace when none is named."""
    kind = {
        "ecs": "ECSService",
        "rds": "RDSCluster",
        "dynamodb": "DynamoDBTable",
        "elasticache": "ElastiCacheRG",
    }
    owner = f"aws-service-role/{namespace}.application-autoscaling.amazonaws.com"
    name = f"AWSServiceRoleForApplicationAutoScaling_{kind.get(namespace, namespace)}"
    return ctx.arn("iam", f"role/{owner}/{name}", regional=False)


def _suspended(given: Value) -> Value:
    if given is None:
        return None
    names = {
        "dynamicScalingInSuspended": "DynamicScalingInSuspended",
        "dynamicScalingOutSuspended": "DynamicScalingOutSuspended",
        "scheduledScalingSuspended": "ScheduledScalingSuspended",
    }
    return {api: given.get(name, False) for name, api in names.items()}


def _suspended_props(found: Mapping[str, bool]) -> Props:
    return {
        "dynamicScalingInSuspended": found.get("DynamicScalingInSuspended", False),
        "dynamicScalingOutSuspended": found.get("DynamicScalingOutSuspended", False),
        "scheduledScalingSuspended": found.get("ScheduledScalingSuspended", False),
    }
