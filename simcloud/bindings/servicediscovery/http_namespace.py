from __future__ import annotations

from simcloud.bindings.servicediscovery._namespace import Namespace
from simcloud.context import Context
from simcloud.values import Props


class HttpNamespace(Namespace):
    """A namespace whose services are found by asking Cloud Map."""

    token = "aws:servicediscovery/httpNamespace:HttpNamespace"
    operation = "create_http_namespace"
    update = "update_http_namespace"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        http = self._found(ctx, identity)["Properties"]["HttpProperties"]
        return {**(super().read(ctx, identity, given) or {}), "httpName": http["HttpName"]}
