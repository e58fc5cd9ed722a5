from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Edge(Section):
    """CloudFront and its web application firewall: the only public way in."""

    price_class: Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"] = setting(
        "Which edge locations serve the site", example="PriceClass_All"
    )
    static_ttl_seconds: int = setting(
        "How long static files stay in the edge cache", example=86400, unit="seconds", ge=0, le=31_536_000
    )
    api_paths: tuple[str, ...] = setting(
        "Path patterns that are never cached", example=["/api/*"], default=("/api/*",)
    )
    # AWS: WAF developer guide, "Rate-based rule high-level settings": lowest limit 10, read 2026-11
    rate_limit_per_5_minutes: int = setting(
        "Requests that one address may send in five minutes",
        example=2000,
        unit="requests",
        ge=10,
        le=2_000_000_000,
    )
    block: bool = setting(
        "Whether the firewall blocks what it matches, or only counts it", example=True, default=True
    )
