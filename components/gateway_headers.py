"""The headers that a load balancer can say itself, for a gateway that no edge stands before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from components.security_headers import SecurityHeaders


class ResponseHeaders(TypedDict, total=False):
    """Arguments of a listener."""

    routing_http_response_strict_transport_security_header_value: str
    routing_http_response_x_content_type_options_header_value: str
    routing_http_response_x_frame_options_header_value: str
    routing_http_response_content_security_policy_header_value: str


def response_headers(headers: SecurityHeaders | None) -> ResponseHeaders:
    """HTTPS and nosniff always; frames and content only with `override`, for a balancer cannot let others win."""
    if headers is None:
        return {}
    said: ResponseHeaders = {"routing_http_response_x_content_type_options_header_value": "nosniff"}
    if headers.hsts_seconds:
        said["routing_http_response_strict_transport_security_header_value"] = headers.hsts
    if headers.override:
        said["routing_http_response_x_frame_options_header_value"] = headers.frame
        if headers.content_security_policy is not None:
            said["routing_http_response_content_security_policy_header_value"] = (
                headers.content_security_policy
            )
    return said


def unsaid(headers: SecurityHeaders) -> Sequence[str]:
    """The headers that are left to the application, by their names: what is asked for and a balancer cannot say.

    AWS: the response headers of the provider's listener (pulumi-aws 7.51.1), read 2026-11: no others are there.
    """
    usual = SecurityHeaders()
    asked = {
        "Referrer-Policy": headers.referrer != usual.referrer,
        "Permissions-Policy": headers.permissions_policy is not None,
        "X-XSS-Protection": headers.block_xss,
        "Content-Security-Policy": headers.content_security_policy is not None and not headers.override,
        "X-Frame-Options": headers.frame != usual.frame and not headers.override,
    }
    return [name for name, wanted in asked.items() if wanted]
