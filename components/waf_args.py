"""What a web application firewall is told; the same for CloudFront's, a load balancer's and Cloudflare's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.waf_rules import BASELINE, RateLimit

# Headers that carry credentials: they never reach the log.
REDACTED_HEADERS = ("authorization", "cookie")


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """Nobody reaches `paths` but from `cidrs`, such as an office's or a VPN's."""

    paths: Sequence[str]
    cidrs: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class WafArgs:
    """`rate_limit_per_5_minutes` counts requests per client address; `block` False only counts what would be blocked.

    So a firewall begins in an environment by counting and is promoted by `block=True`. `groups` are short names
    of rule groups; one that is new can go on counting while the rest blocks (`counted_groups`), and so can
    single rules of a group (`counted_rules`). A `restricted` path is blocked for others even while the rest counts:
    it is a lock, not a guess. `redacted_headers` never reach the log.
    """

    rate_limit_per_5_minutes: int
    block: bool
    groups: Sequence[str] = BASELINE
    counted_groups: Sequence[str] = ()
    counted_rules: Mapping[str, Sequence[str]] | None = None
    rate_limits: Sequence[RateLimit] = ()
    blocked_countries: Sequence[str] = ()
    restricted: Restriction | None = None
    redacted_headers: Sequence[str] = field(default=REDACTED_HEADERS)
    log_retention_days: int = 30


@dataclass(frozen=True, kw_only=True)
class ExistingWebAcl:
    """A web ACL for CloudFront that somebody else owns: its rules and its log stay theirs."""

    arn: pulumi.Input[str]
