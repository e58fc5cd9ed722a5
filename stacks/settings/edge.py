from collections.abc import Mapping
from typing import Literal

from stacks.settings.cloudflare import Cloudflare
from stacks.settings.field import setting
from stacks.settings.headers import Headers
from stacks.settings.kept import Kept
from stacks.settings.kinds import AddressRange, CountryCode, PathPattern, Slug
from stacks.settings.rate import Rate
from stacks.settings.section import Section


class Edge(Section):
    """What stands before the load balancer: a content delivery network with a firewall, the only public way in."""

    kind: Literal["cloudfront", "cloudflare", "none"] = setting(
        "Whose edge; none: the load balancer is public itself, behind a regional firewall",
        example="cloudfront",
        default="cloudfront",
    )
    price_class: Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"] = setting(
        "Which of CloudFront's locations serve the site", example="PriceClass_All"
    )
    static_paths: tuple[PathPattern, ...] = setting(
        "Built files whose names change with their content",
        example=["/_next/static/*"],
        default=("/_next/static/*",),
    )
    static_ttl_seconds: int = setting(
        "How long the edge keeps them", example=86400, unit="seconds", ge=0, le=31_536_000
    )
    static_browser_ttl_seconds: int | None = setting(
        "How long browsers keep them; null: as the application says",
        example=31_536_000,
        unit="seconds",
        ge=0,
        le=31_536_000,
        default=None,
    )
    kept: Mapping[Slug, Kept] = setting(
        "Further paths that the edge keeps although they are no built files; never answers to somebody who is "
        "signed in",
        example={"pages": {"paths": ["/about"], "edge_seconds": 3600}},
        default={},
    )
    api_paths: tuple[PathPattern, ...] = setting(
        "Paths that are never kept", example=["/api/*"], default=("/api/*",)
    )
    headers: Headers = setting("Security headers on every answer", example={}, default_factory=Headers)
    # AWS: WAF developer guide, "Rate-based rule high-level settings": lowest limit 10, read 2026-11
    rate_limit_per_5_minutes: int = setting(
        "Requests that one address may send in five minutes",
        example=2000,
        unit="requests",
        ge=10,
        le=2_000_000_000,
    )
    rate_limits: Mapping[Slug, Rate] = setting(
        "Further limits per address, some for certain paths only",
        example={"login": {"limit": 60, "window_seconds": 60, "paths": ["/auth/login"]}},
        default={},
    )
    block: bool = setting(
        "Whether the firewall blocks what it matches, or only counts it", example=True, default=True
    )
    blocked_countries: tuple[CountryCode, ...] = setting(
        "Countries that are turned away", example=["KP"], default=()
    )
    restricted_paths: tuple[PathPattern, ...] = setting(
        "Paths that only restricted_to may reach", example=["/admin/*"], default=()
    )
    restricted_to: tuple[AddressRange, ...] = setting(
        "Address ranges that may reach restricted_paths, such as an office's or a VPN's",
        example=["203.0.113.0/24"],
        default=(),
    )
    cloudflare: Cloudflare = setting(
        "What only Cloudflare's edge has", example={}, default_factory=Cloudflare
    )
