from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.subscription import SINGLETON


class ZoneSubscription(SettingBinding):
    """The plan of a zone. Destroying it leaves the plan as it is, as the real provider does."""

    token = "cloudflare:index/zoneSubscription:ZoneSubscription"
    resource = SINGLETON
    update_method = "PUT"
