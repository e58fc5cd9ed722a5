from __future__ import annotations

from simcloud.binding import Params, Reference
from simcloud.bindings.servicediscovery._namespace import Namespace
from simcloud.context import Context
from simcloud.values import Props


class PrivateDnsNamespace(Namespace):
    """A namespace whose services are found in a zone of a VPC."""

    token = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"
    operation = "create_private_dns_namespace"
    update = "update_private_dns_namespace"
    replaces = frozenset({"name", "vpc"})
    references = (Reference("vpc", "vpc"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {**super().request(ctx, new), "Vpc": new["vpc"]}

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        known = identity.split(":", 1)[0]
        zone = self._zone(ctx, known)
        vpcs = ctx.client("route53").get_hosted_zone(Id=zone).get("VPCs", [])
        return {
            **(super().read(ctx, known, given) or {}),
            "hostedZone": zone,
            "vpc": vpcs[0]["VPCId"] if vpcs else given.get("vpc"),
        }

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return identity.split(":", 1)[0]
