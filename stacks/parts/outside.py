"""The view from outside: whether the product answers, and whether a user gets what a user should."""

from components.canary import Canary, CanaryArgs
from components.uptime import Uptime, UptimeArgs
from stacks.parts.ground import Ground
from stacks.parts.lookouts import Lookouts
from stacks.parts.names import main_name, service_names
from stacks.settings.root import Settings


def look_from_outside(settings: Settings, ground: Ground, lookouts: Lookouts) -> None:
    """Route 53 asks for an answer, a canary for the right one."""
    if settings.watching.uptime_check and lookouts.far is not None:
        uptime = _uptime(settings)
        lookouts.far.watch_uptime(uptime)
        lookouts.board.add_uptime(uptime)
    if settings.watching.canary is not None:
        canary = _canary(
            settings, ground, settings.watching.canary.path, settings.watching.canary.every_minutes
        )
        lookouts.alarms.watch_canary(canary)
        lookouts.board.add_canary(canary)


def health_path(settings: Settings) -> str:
    """What is asked for under the product's name: the health of the service that answers there, or a site's start."""
    if settings.default_service is not None and main_name(settings) in service_names(settings):
        return settings.services[settings.default_service].health_path
    return "/"


def _uptime(settings: Settings) -> Uptime:
    args = UptimeArgs(host=main_name(settings), path=health_path(settings), tags=settings.all_tags)
    return Uptime(f"{settings.prefix}-uptime", args)


def _canary(settings: Settings, ground: Ground, path: str, minutes: int) -> Canary:
    args = CanaryArgs(
        url=f"https://{main_name(settings)}{path}",
        every_minutes=minutes,
        traced=settings.watching.traced_percent is not None,
        kms_key_arn=ground.key.arn,
        force_destroy=settings.storage.force_destroy,
        tags=settings.all_tags,
    )
    return Canary(f"{settings.prefix}-canary", args)
