"""The headers by which CloudFront tells browsers to be careful."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.security_headers import STRICT_HEADERS, SecurityHeaders, check_headers

__all__ = ["STRICT_HEADERS", "SecurityHeaders", "check_headers", "headers_policy"]


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
