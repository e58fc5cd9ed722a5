from __future__ import annotations

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.bot_management import SINGLETON


class BotManagement(SettingBinding):
    """What a zone does about bots. Destroying it leaves it as it is, as the real provider does."""

    token = "cloudflare:index/botManagement:BotManagement"
    resource = SINGLETON
    update_method = "PUT"
