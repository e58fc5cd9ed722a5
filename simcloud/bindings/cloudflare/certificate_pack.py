from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.certificate_packs import COLLECTION
from simcloud.context import Context
from simcloud.values import Props


class CertificatePack(CloudflareBinding):
    """An advanced certificate for names of a zone."""

    token = "cloudflare:index/certificatePack:CertificatePack"
    resource = COLLECTION
    update_method = "PATCH"
    replaces = frozenset(
        {"zoneId", "certificateAuthority", "hosts", "type", "validationMethod", "validityDays"}
    )

    def create(self, ctx: Context, new: Props) -> str:
        made = self.api(ctx, "POST", f"{self.located(new)}/order", self.request(ctx, new))
        return str(made["id"])
