"""What the firewall of every public way in looks for: the same before CloudFront, Cloudflare and a load balancer."""

from components.waf_args import Restriction, WafArgs
from components.waf_rules import RateLimit
from stacks.settings.root import Settings


def waf_args(settings: Settings) -> WafArgs:
    """The settings of the edge in the firewall's words."""
    edge = settings.edge
    return WafArgs(
        rate_limit_per_5_minutes=edge.rate_limit_per_5_minutes,
        block=edge.block,
        rate_limits=_rate_limits(settings),
        blocked_countries=edge.blocked_countries,
        restricted=_restriction(settings),
        log_retention_days=settings.logs.firewall_days,
    )


def _rate_limits(settings: Settings) -> tuple[RateLimit, ...]:
    return tuple(
        RateLimit(label=label, requests=rate.limit, window_seconds=rate.window_seconds, paths=rate.paths)
        for label, rate in settings.edge.rate_limits.items()
    )


def _restriction(settings: Settings) -> Restriction | None:
    edge = settings.edge
    if not edge.restricted_paths and not edge.restricted_to:
        return None
    return Restriction(paths=edge.restricted_paths, cidrs=edge.restricted_to)
