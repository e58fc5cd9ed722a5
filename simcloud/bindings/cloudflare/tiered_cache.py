from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.switches import TIERED_CACHE


class TieredCache(SettingBinding):
    """Smart Tiered Cache of a zone."""

    token = "cloudflare:index/tieredCache:TieredCache"
    resource = TIERED_CACHE
