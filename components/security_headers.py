"""By which headers browsers are told to be careful, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from components.errors import ComponentError

# What the lists of browsers that know HTTPS-only names ask for before they take a name: hstspreload.org, general
# knowledge.
_SHORTEST_PRELOAD_SECONDS = 31_536_000


@dataclass(frozen=True, kw_only=True)
class SecurityHeaders:
    """HTTPS for `hsts_seconds` and `nosniff` are said whatever the application says; the rest only where it says
    nothing, unless `override`.
    """

    hsts_seconds: int = 63_072_000
    hsts_preload: bool = False
    frame: Literal["DENY", "SAMEORIGIN"] = "SAMEORIGIN"
    referrer: str = "strict-origin-when-cross-origin"
    block_xss: bool = False
    content_security_policy: str | None = None
    permissions_policy: str | None = None
    override: bool = False

    @property
    def hsts(self) -> str:
        """The value of Strict-Transport-Security."""
        return f"max-age={self.hsts_seconds}; includeSubDomains{'; preload' if self.hsts_preload else ''}"

    def values(self) -> Mapping[str, str]:
        """Every header, as browsers get it."""
        said = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": self.frame,
            "X-XSS-Protection": "1; mode=block" if self.block_xss else None,
            "Strict-Transport-Security": self.hsts,
            "Content-Security-Policy": self.content_security_policy,
            "Referrer-Policy": self.referrer,
            "Permissions-Policy": self.permissions_policy,
        }
        return {name: value for name, value in said.items() if value is not None}


STRICT_HEADERS = SecurityHeaders(
    hsts_seconds=31_536_000,
    frame="DENY",
    block_xss=True,
    content_security_policy=(
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
    ),
    permissions_policy="geolocation=(), microphone=(), camera=()",
    override=True,
)
"""All seven, for an application that embeds nothing and is embedded nowhere."""


def check_headers(where: str, headers: SecurityHeaders) -> None:
    """Raise ComponentError for headers that contradict themselves."""
    if headers.hsts_seconds < 0:
        raise ComponentError(
            where,
            f"browsers are to keep to HTTPS for {headers.hsts_seconds} seconds",
            expected="0 (not at all) or more",
            fix="correct hsts_seconds",
        )
    if headers.hsts_preload and headers.hsts_seconds < _SHORTEST_PRELOAD_SECONDS:
        raise ComponentError(
            where,
            f"browsers are to know the name beforehand, but for {headers.hsts_seconds} seconds only",
            expected=f"at least {_SHORTEST_PRELOAD_SECONDS} seconds (a year) with hsts_preload",
            fix="raise hsts_seconds or drop hsts_preload",
        )
