"""The settings and rulesets of a Cloudflare zone. Imports Cloudflare's SDK: import this only when it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_cloudflare as cloudflare

from components import cloudflare_rules as rules
from components.cloudflare_args import CloudflareEdgeArgs
from components.cloudflare_settings import zone_settings


def set_zone(parent: pulumi.Resource, name: str, args: CloudflareEdgeArgs) -> None:
    """Every setting, and one cache tier between the edge's places and the origin."""
    opts = pulumi.ResourceOptions(parent=parent)
    for setting, value in zone_settings(args.headers, args.minimum_tls, args.settings).items():
        cloudflare.ZoneSetting(
            f"{name}-{setting.replace('_', '-')}",
            zone_id=args.zone_id,
            setting_id=setting,
            value=value,
            opts=opts,
        )
    cloudflare.TieredCache(f"{name}-tiers", zone_id=args.zone_id, value="on", opts=opts)


def rule_zone(parent: pulumi.Resource, name: str, args: CloudflareEdgeArgs) -> None:
    """One ruleset for each phase that has rules."""
    wanted: Mapping[str, tuple[str, Sequence[rules.Rule]]] = {
        "ddos": ("ddos_l7", rules.ddos_rules()),
        "redirects": ("http_request_dynamic_redirect", rules.redirect_rules(args)),
        "firewall": ("http_request_firewall_custom", rules.firewall_rules(args)),
        "rates": ("http_ratelimit", rules.rate_rules(args)),
        "managed": ("http_request_firewall_managed", rules.managed_rules(args)),
        "cache": ("http_request_cache_settings", rules.cache_rules(args)),
        "headers": ("http_response_headers_transform", rules.header_rules(args.headers)),
    }
    for label, (phase, said) in wanted.items():
        if said:
            _ruleset(parent, f"{name}-{label}", args, phase, said)


def send_secret(
    parent: pulumi.Resource, name: str, args: CloudflareEdgeArgs, header: str, value: pulumi.Output[str]
) -> cloudflare.Ruleset:
    """Put the lock's header onto every request to the origin, in the place of what the client sent."""
    said = [rules.lock_rule(header, value)]
    return _ruleset(parent, f"{name}-origin", args, "http_request_late_transform", said, secret=True)


def _ruleset(
    parent: pulumi.Resource,
    name: str,
    args: CloudflareEdgeArgs,
    phase: str,
    said: Sequence[Any],
    *,
    secret: bool = False,
) -> cloudflare.Ruleset:
    return cloudflare.Ruleset(
        name,
        zone_id=args.zone_id,
        kind="zone",
        name="default",
        description=name,
        phase=phase,
        rules=list(said),
        opts=pulumi.ResourceOptions(parent=parent, additional_secret_outputs=["rules"] if secret else None),
    )
