from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Headers(Section):
    """HTTPS for hsts_seconds and nosniff are always said; the rest where the application says nothing, or always.

    Without an edge the load balancer says the first two and, with override, frame and content_security_policy; it
    knows no others, which are the application's then.
    """

    hsts_seconds: int = setting(
        "How long browsers insist on HTTPS", example=31_536_000, unit="seconds", ge=0, default=63_072_000
    )
    hsts_preload: bool = setting(
        "Whether browsers may know it before the first visit; hard to take back", example=False, default=False
    )
    frame: Literal["DENY", "SAMEORIGIN"] = setting(
        "Who may show the site in a frame (X-Frame-Options)", example="DENY", default="SAMEORIGIN"
    )
    referrer: Literal[
        "no-referrer",
        "no-referrer-when-downgrade",
        "origin",
        "origin-when-cross-origin",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ] = setting(
        "What other sites learn of where a visitor comes from (Referrer-Policy)",
        example="strict-origin-when-cross-origin",
        default="strict-origin-when-cross-origin",
    )
    block_xss: bool = setting("X-XSS-Protection: 1; mode=block", example=True, default=False)
    content_security_policy: str | None = setting(
        "Where scripts, styles and the rest may come from", example="default-src 'self'", default=None
    )
    permissions_policy: str | None = setting(
        "Which abilities of the browser pages may use",
        example="geolocation=(), microphone=(), camera=()",
        default=None,
    )
    override: bool = setting("Whether these win over what the application says", example=True, default=False)
