from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.origin_pulls import SETTINGS


class AuthenticatedOriginPullsSettings(SettingBinding):
    """Whether the edge shows a certificate to the origins of a zone. Destroying it leaves it as it is."""

    token = "cloudflare:index/authenticatedOriginPullsSettings:AuthenticatedOriginPullsSettings"
    resource = SETTINGS
    update_method = "PUT"
