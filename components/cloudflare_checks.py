"""What Cloudflare's edge refuses before anything is made."""

from __future__ import annotations

from collections.abc import Iterator

from components.cloudflare_args import CloudflareEdgeArgs
from components.cloudflare_plans import Plan, expression_problems, plan_problems
from components.cloudflare_rules import firewall_rules, rate_rules
from components.cloudflare_settings import FORBIDDEN, OURS
from components.dns_zone import check_within
from components.edge_checks import check_front
from components.errors import ComponentError
from components.waf import WafArgs

# Cloudflare: regions of load balancing, docs "Region mapping"; general knowledge of that page.
_REGIONS = ("WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC", "ME", "NAF", "SAF", "SAS", "SEAS", "NEAS")
_SHORTEST_HEALTH = {Plan.FREE: 60, Plan.PRO: 60, Plan.BUSINESS: 15, Plan.ENTERPRISE: 10}

Problem = tuple[str, str, str]


def check_cloudflare(where: str, args: CloudflareEdgeArgs) -> None:
    """Raise ComponentError for what Cloudflare refuses, or what could not work."""
    _check_firewall(where, args.waf)
    check_front(where, args)
    for host in args.aliases:
        check_within(where, host, args.zone_name)
    for problem, expected, fix in (*_path_problems(args), *_plan_problems(args), *_setting_problems(args)):
        raise ComponentError(where, problem, expected=expected, fix=fix)
    for problem, expected, fix in (*_label_problems(args), *_pool_problems(args)):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def _check_firewall(where: str, waf: object) -> None:
    # Arguments come here from `front_door`, too, which knows both edges.
    if not isinstance(waf, WafArgs):
        raise ComponentError(
            where,
            "a web ACL of AWS for a zone of Cloudflare's",
            expected="WafArgs, of which the zone's rules are made",
            fix="give `waf` as WafArgs, or use the CloudFront edge",
        )


def _path_problems(args: CloudflareEdgeArgs) -> Iterator[Problem]:
    kept = [path for entry in args.kept for path in entry.paths]
    counted = [path for limit in args.waf.rate_limits for path in limit.paths]
    restricted = args.waf.restricted.paths if args.waf.restricted else ()
    yield from expression_problems([*args.static_paths, *args.api_paths, *kept, *counted, *restricted])


def _plan_problems(args: CloudflareEdgeArgs) -> Iterator[Problem]:
    rates, rules = len(rate_rules(args)), len(firewall_rules(args))
    yield from plan_problems(args.plan, rates=rates, rules=rules, blocks=args.waf.block)
    if args.logs is not None and args.plan is not Plan.ENTERPRISE:
        yield (
            f"request logs are to be delivered from a zone of the plan {args.plan}",
            "plan enterprise, the only one with Logpush",
            "drop logs, or choose the plan",
        )


def _setting_problems(args: CloudflareEdgeArgs) -> Iterator[Problem]:
    for setting, value in args.settings.items():
        if setting in OURS:
            yield (
                f"{setting} is set twice",
                "minimum_tls and headers, which decide it",
                f"drop {setting} from settings",
            )
        if value in FORBIDDEN.get(setting, ()):
            yield (
                f"{setting} is to be {value}",
                "settings that leave the connection safe from browser to origin",
                f"drop {setting} from settings",
            )


def _label_problems(args: CloudflareEdgeArgs) -> Iterator[Problem]:
    labels = ["countries", "restricted", *(rule.label for rule in args.firewall_rules)]
    kept = ["api", "static", *(entry.label for entry in args.kept)]
    for label in sorted({label for group in (labels, kept) for label in group if group.count(label) > 1}):
        yield (
            f"the label {label} is used twice or taken by the edge itself",
            "labels that differ",
            "give it another",
        )


def _pool_problems(args: CloudflareEdgeArgs) -> Iterator[Problem]:
    if args.pools is None:
        return
    labels = [origin.label for origin in args.pools.origins]
    regions = [region for origin in args.pools.origins for region in origin.regions]
    if len(labels) < 2 or len(set(labels)) != len(labels):
        yield (
            f"the origins are {', '.join(labels) or 'missing'}",
            "two or more with labels that differ: one origin needs no pools",
            "drop pools, or add the origin of another region",
        )
    for region in regions:
        if region not in _REGIONS or regions.count(region) > 1:
            yield (
                f"the region {region} is unknown or given to two origins",
                f"each of {', '.join(_REGIONS)} at most once",
                "correct regions",
            )
    if bool(regions) != (args.pools.steering == "geo"):
        yield (
            f"steering is {args.pools.steering}, and {'regions are' if regions else 'no region is'} given",
            "steering geo with regions of origins, any other without",
            "set steering to geo, or drop the regions",
        )
    shortest = _SHORTEST_HEALTH[args.plan]
    if args.pools.health_seconds < shortest:
        yield (
            f"health is asked every {args.pools.health_seconds} seconds",
            f"at least {shortest} in the plan {args.plan}",
            "raise health_seconds, or choose a larger plan",
        )
