"""The headers by which an edge tells browsers to be careful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

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


def headers_policy(
    parent: pulumi.Resource, name: str, headers: SecurityHeaders, cache_control: str | None = None
) -> aws.cloudfront.ResponseHeadersPolicy:
    """The headers for CloudFront; `cache_control` is what browsers are told of keeping, whatever the origin says."""
    return aws.cloudfront.ResponseHeadersPolicy(
        f"{name}-headers",
        comment=f"Security headers of {name}",
        security_headers_config=_security(headers),
        custom_headers_config=_custom(headers, cache_control),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _security(headers: SecurityHeaders) -> aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgsDict:
    config: aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgsDict = {
        "strict_transport_security": _hsts(headers),
        "content_type_options": {"override": True},
        "frame_options": {"frame_option": headers.frame, "override": headers.override},
        "referrer_policy": {"referrer_policy": headers.referrer, "override": headers.override},
    }
    if headers.block_xss:
        config["xss_protection"] = {"protection": True, "mode_block": True, "override": headers.override}
    if headers.content_security_policy is not None:
        config["content_security_policy"] = {
            "content_security_policy": headers.content_security_policy,
            "override": headers.override,
        }
    return config


def _hsts(
    headers: SecurityHeaders,
) -> aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgsDict:
    said: aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgsDict = {
        "access_control_max_age_sec": headers.hsts_seconds,
        "include_subdomains": True,
        "override": True,
    }
    return {**said, "preload": True} if headers.hsts_preload else said


def _custom(
    headers: SecurityHeaders, cache_control: str | None
) -> aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigArgsDict | None:
    items: list[aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigItemArgsDict] = []
    if headers.permissions_policy is not None:
        items.append(
            {
                "header": "Permissions-Policy",
                "value": headers.permissions_policy,
                "override": headers.override,
            }
        )
    if cache_control is not None:
        items.append({"header": "Cache-Control", "value": cache_control, "override": True})
    return {"items": items} if items else None
