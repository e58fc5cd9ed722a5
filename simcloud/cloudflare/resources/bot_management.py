"""What a zone does about bots."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import one_of
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources.subscription import plan_of
from simcloud.cloudflare.routing import Route
from simcloud.cloudflare.singleton import Singleton

_PLACES = ("block", "disabled", "only_on_ad_pages")
# Cloudflare: allowed values in the provider's documentation 6.23.1, read 2026-11; code from memory, not verified.
_VALUES = {
    "ai_bots_protection": _PLACES,
    "ai_training": ("disallow", *_PLACES),
    "ai_user": _PLACES,
    "aisearch": _PLACES,
    "cf_robots_variant": ("off", "policy_only"),
    "content_bots_protection": ("block", "disabled"),
    "crawler_protection": ("enabled", "disabled"),
    "sbfm_definitely_automated": ("allow", "block", "managed_challenge"),
    "sbfm_likely_automated": ("allow", "block", "managed_challenge"),
    "sbfm_verified_bots": ("allow", "block"),
}
_CODE = 10400


class BotManagement(Singleton):
    """Fight mode is for free zones, the super one for those of paid plans: never both."""

    path = "/zones/{zone_id}/bot_management"
    defaults = {
        "enable_js": True, "fight_mode": False, "using_latest_model": True, "ai_bots_protection": "disabled",
        "ai_training": "disabled", "ai_user": "disabled", "aisearch": "disabled",
        "content_bots_protection": "disabled",
        "crawler_protection": "disabled", "is_robots_txt_managed": False, "cf_robots_variant": "off",
        "auto_update_model": True, "suppress_session_score": False, "bm_cookie_enabled": True,
        "optimize_wordpress": False, "sbfm_definitely_automated": "allow", "sbfm_likely_automated": "allow",
        "sbfm_verified_bots": "allow", "sbfm_static_resource_protection": False,
        "ai_bots_migration_opt_out": False, "jsd_api_results_enabled": False, "stale_zone_configuration": {},
    }  # fmt: skip
    stamp = ""
    updates = ("PUT",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        for name, allowed in _VALUES.items():
            yield from one_of(body, name, allowed, _CODE)
        super_mode = [
            name for name in _VALUES if name.startswith("sbfm_") and body.get(name) not in (None, "allow")
        ]
        if body.get("fight_mode") is True and super_mode:
            yield ApiError(_CODE, f"fight_mode cannot be on together with {super_mode[0]}", "fight_mode")

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        if plan_of(call) == "free" and body.get("sbfm_likely_automated") not in (None, "allow"):
            yield ApiError(
                _CODE, "the zone's plan does not include Super Bot Fight Mode", "sbfm_likely_automated"
            )

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {"using_latest_model": True}


SINGLETON = BotManagement()
ROUTES: list[Route] = SINGLETON.routes()
