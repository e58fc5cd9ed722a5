"""What Cloudflare's edge is told beyond what every edge is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pulumi

from components.cloudflare_plans import Plan
from components.edge_args import FrontArgs
from components.waf import WafArgs


@dataclass(frozen=True, kw_only=True)
class FirewallRule:
    """A rule of one's own in Cloudflare's rules language."""

    label: str
    expression: str
    action: Literal["block", "managed_challenge", "log"] = "block"


@dataclass(frozen=True, kw_only=True)
class OriginPulls:
    """A client certificate that only this zone shows: `certificate` and `private_key` as PEM text, the key a secret.

    `authority` is the PEM text of the authority that signed it; it is put into `bucket`, from where the load
    balancer's trust store reads it.
    """

    certificate: pulumi.Input[str]
    private_key: pulumi.Input[str]
    authority: pulumi.Input[str]
    bucket: pulumi.Input[str]


@dataclass(frozen=True, kw_only=True)
class RegionOrigin:
    """A load balancer of one region by a public name that leads to it; `regions` are Cloudflare's, such as WEU."""

    label: str
    domain: pulumi.Input[str]
    regions: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Pools:
    """Origins in several regions, of which only the healthy ones are asked; the first is the last resort.

    `regions` of an origin are served by it first. `account_id` owns the pools.
    """

    account_id: pulumi.Input[str]
    origins: Sequence[RegionOrigin]
    health_path: str = "/api/health"
    health_seconds: int = 60
    steering: Literal["off", "geo", "dynamic_latency", "proximity", "random"] = "off"
    notify: str = ""


@dataclass(frozen=True, kw_only=True)
class LogDelivery:
    """Request logs into `bucket` (a name), which lies in `region` and whose policy lets Cloudflare write.

    `challenge` is the text of the file that Cloudflare writes there first; None until it has been read.
    """

    bucket: pulumi.Input[str]
    region: str
    challenge: pulumi.Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class CloudflareOptions:
    """`zone_id` and `zone_name` are the zone's that holds all public names; `region` of AWS is the gateway's.

    `settings` are further settings of the zone, or other values than ours. Clients older than `minimum_tls` are
    turned away: 1.3 is spoken by every browser since 2018.
    """

    zone_id: pulumi.Input[str]
    zone_name: str
    plan: Plan = Plan.PRO
    minimum_tls: Literal["1.2", "1.3"] = "1.3"
    settings: Mapping[str, str] = field(default_factory=dict)
    firewall_rules: Sequence[FirewallRule] = ()
    origin_pulls: OriginPulls | None = None
    pools: Pools | None = None
    logs: LogDelivery | None = None


@dataclass(frozen=True, kw_only=True)
class CloudflareEdgeArgs(FrontArgs, CloudflareOptions):
    """Everything that Cloudflare's edge is told; a web ACL of AWS cannot stand before it."""

    waf: WafArgs
