from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.dnssec import SINGLETON


class ZoneDnssec(SettingBinding):
    """DNSSEC of a zone; destroying it turns it off."""

    token = "cloudflare:index/zoneDnssec:ZoneDnssec"
    resource = SINGLETON
