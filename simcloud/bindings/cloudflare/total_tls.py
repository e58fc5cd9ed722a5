from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.switches import TOTAL_TLS


class TotalTls(SettingBinding):
    """Certificates for every proxied name of a zone. Destroying it leaves it as it is, as the real provider does."""

    token = "cloudflare:index/totalTls:TotalTls"
    resource = TOTAL_TLS
    update_method = "POST"
