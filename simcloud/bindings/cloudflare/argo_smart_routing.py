from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.switches import SMART_ROUTING


class ArgoSmartRouting(SettingBinding):
    """Argo Smart Routing of a zone. Destroying it leaves it as it is, as the real provider does."""

    token = "cloudflare:index/argoSmartRouting:ArgoSmartRouting"
    resource = SMART_ROUTING
