from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.origin_pulls import HOSTNAMES
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class AuthenticatedOriginPulls(CloudflareBinding):
    """The certificate that the edge shows to the origin of one host name."""

    token = "cloudflare:index/authenticatedOriginPulls:AuthenticatedOriginPulls"
    resource = HOSTNAMES
    imported = "{zoneId}/{id}"
    replaces = frozenset({"zoneId"})
    renamed = {"configs": "config"}
    written_only = frozenset({"configs"})

    def create(self, ctx: Context, new: Props) -> str:
        self.api(ctx, "PUT", self.located(new), self.request(ctx, new))
        return str(new["configs"][0]["hostname"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self.api(ctx, "PUT", self.located(new), self.request(ctx, new))

    def outputs(self, answer: Any, given: Props) -> Props:
        said = {"hostname": answer["hostname"], "certId": answer["cert_id"], "enabled": answer["enabled"]}
        return {**super().outputs(answer, given), "configs": [said]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        void = {"hostname": identity, "cert_id": old["configs"][0]["certId"], "enabled": None}
        self.api(ctx, "PUT", self.located(old), {"config": [void]})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        if isinstance(new["configs"], list) and len(new["configs"]) > 1:
            # Cloudflare: the provider's own check, terraform-provider-cloudflare, read 2026-11.
            message = "config must contain exactly one hostname association."
            fix = "create separate resources to manage multiple hostnames."
            yield Refusal("invalid config", message, "configs", fix)
