from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_GROUP = {"autoScalingGroupProvider": "autoScalingGroupProvider"}
_NAMES = {"name": "name", "cluster": "cluster", **_GROUP}
_RESERVED = ("aws", "ecs", "fargate")


class CapacityProvider(Binding):
    """Machines of an Auto Scaling group on which tasks run."""

    token = "aws:ecs/capacityProvider:CapacityProvider"
    service = "ecs"
    operation = "create_capacity_provider"
    replaces = frozenset({"name", "cluster"})
    autoname = AutoName(limit=255)
    tagging = tagging.ECS
    references = (
        Reference("autoScalingGroupProvider.autoScalingGroupArn", "auto_scaling_group"),
        Reference("cluster", "ecs_cluster"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "ecs", "CreateCapacityProvider", new, _NAMES)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["capacityProvider"]["capacityProviderArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            before, after = (_group_of(props) for props in (old, new))
            if before != after:
                raise Refusal(
                    "ClientException",
                    f"the Auto Scaling group of a capacity provider cannot be changed from {before} to {after}.",
                    "autoScalingGroupProvider.autoScalingGroupArn",
                    "give it another name, so that it is replaced.",
                )
            said = _api.said(ctx, "ecs", "CreateCapacityProvider", new, _GROUP)["autoScalingGroupProvider"]
            change = {key: value for key, value in said.items() if key != "autoScalingGroupArn"}
            ctx.client("ecs").update_capacity_provider(
                name=identity.rsplit("/", 1)[-1], autoScalingGroupProvider=change
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("ecs").describe_capacity_providers(capacityProviders=[identity])
        if not answer["capacityProviders"]:
            return None
        found = answer["capacityProviders"][0]
        return {
            **_api.found(ctx, self.token, "ecs", "CapacityProvider", found, _GROUP),
            "arn": found["capacityProviderArn"],
            "name": found["name"],
        }

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """A provider stays with its group of machines."""
        return frozenset({"autoScalingGroupProvider"}) if _group(old) != _group(new) else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecs").delete_capacity_provider(capacityProvider=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateCapacityProvider and ManagedScaling, ECS API reference; from memory of it, not verified.
        name, group = new["name"], new.get("autoScalingGroupProvider")
        if isinstance(name, str) and name.lower().startswith(_RESERVED):
            yield Refusal("ClientException", f"a name must not begin with {', '.join(_RESERVED)}.", "name")
        if (group is None) == (new.get("managedInstancesProvider") is None):
            yield Refusal(
                "ClientException",
                "exactly one of autoScalingGroupProvider and managedInstancesProvider must be specified.",
                "autoScalingGroupProvider",
            )
        if new.get("managedInstancesProvider") is not None:
            yield Refusal(
                "UnsupportedType",
                "the simulated cloud has no managed instances.",
                "managedInstancesProvider",
                "use autoScalingGroupProvider.",
            )
        scaling = group.get("managedScaling") if isinstance(group, dict) else None
        protected = isinstance(group, dict) and group.get("managedTerminationProtection") == "ENABLED"
        enabled = isinstance(scaling, dict) and scaling.get("status") in ("ENABLED", None)
        if protected and not enabled:
            yield Refusal(
                "ClientException",
                "The managed termination protection setting for the capacity provider is invalid. To enable managed "
                "termination protection for a capacity provider, enable managed scaling.",
                "autoScalingGroupProvider.managedTerminationProtection",
            )


def _group_of(props: Props) -> str:
    return str((props.get("autoScalingGroupProvider") or {}).get("autoScalingGroupArn"))


def _group(props: Props) -> Value:
    return (props.get("autoScalingGroupProvider") or {}).get("autoScalingGroupArn")
