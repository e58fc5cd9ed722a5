from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding, Reference
from simcloud.bindings._checks import at, between
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

FARGATE = ("FARGATE", "FARGATE_SPOT")


class ClusterCapacityProviders(Binding):
    """Which capacity a cluster's services may use, and which they use by default."""

    token = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
    service = "ecs"
    replaces = frozenset({"clusterName"})
    references = (Reference("clusterName", "ecs_cluster"),)
    faults = {"InvalidParameterException": "capacityProviders"}

    def create(self, ctx: Context, new: Props) -> str:
        self.configure(ctx, new["clusterName"], new, {})
        return str(new["clusterName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        ctx.client("ecs").put_cluster_capacity_providers(
            cluster=identity,
            capacityProviders=new.get("capacityProviders") or [],
            defaultCapacityProviderStrategy=new.get("defaultCapacityProviderStrategies") or [],
        )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        clusters = ctx.client("ecs").describe_clusters(clusters=[identity])["clusters"]
        if not clusters or clusters[0]["status"] == "INACTIVE":
            return None
        providers = clusters[0].get("capacityProviders") or []
        if not providers:
            return None
        return {
            "clusterName": clusters[0]["clusterName"],
            "capacityProviders": providers,
            "defaultCapacityProviderStrategies": clusters[0].get("defaultCapacityProviderStrategy") or [],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecs").put_cluster_capacity_providers(
            cluster=identity, capacityProviders=[], defaultCapacityProviderStrategy=[]
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: API reference of CapacityProviderStrategyItem (botocore 1.44.5), read 2026-11
        bases = []
        for position in range(len(new.get("defaultCapacityProviderStrategies") or ())):
            item = f"defaultCapacityProviderStrategies[{position}]"
            yield from between(new, f"{item}.weight", 0, 1000, "InvalidParameterException")
            yield from between(new, f"{item}.base", 0, 100000, "InvalidParameterException")
            bases += [item] if is_known(at(new, f"{item}.base")) and at(new, f"{item}.base") else []
        for item in bases[1:]:
            text = "only one capacity provider of a strategy can have a base."
            yield Refusal("InvalidParameterException", text, f"{item}.base")
        providers = new.get("capacityProviders") or []
        for position, strategy in enumerate(new.get("defaultCapacityProviderStrategies") or ()):
            name = strategy.get("capacityProvider")
            if is_known(providers) and isinstance(name, str) and name not in providers:
                yield Refusal(
                    "InvalidParameterException",
                    f"The specified capacity provider strategy names {name}, which is not in capacityProviders.",
                    f"defaultCapacityProviderStrategies[{position}].capacityProvider",
                )
        for position, name in enumerate(providers):
            if isinstance(name, str) and name.startswith("FARGATE") and name not in FARGATE:
                yield Refusal(
                    "InvalidParameterException",
                    f"capacity provider {name!r} does not exist; Fargate has {' and '.join(FARGATE)}.",
                    f"capacityProviders[{position}]",
                )
