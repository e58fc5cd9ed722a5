from __future__ import annotations

from simcloud.bindings.servicediscovery._namespace import Namespace
from simcloud.context import Context
from simcloud.values import Props


class PublicDnsNamespace(Namespace):
    """A namespace whose services are found in a public zone."""

    token = "aws:servicediscovery/publicDnsNamespace:PublicDnsNamespace"
    operation = "create_public_dns_namespace"
    update = "update_public_dns_namespace"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        return {**(super().read(ctx, identity, given) or {}), "hostedZone": self._zone(ctx, identity)}
