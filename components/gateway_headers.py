"""The headers that a load balancer can say itself, for a gateway that no edge stands before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from components.edge_headers import SecurityHeaders


class ResponseHeaders(TypedDict, total=False):
    """Arguments of a listener."""

    routing_http_response_strict_transport_security_header_value: str
    routing_http_response_x_content_type_options_header_value: str
    routing_http_response_x_frame_options_header_value: str
    routing_http_response_content_security_policy_header_value: str


# What a load balancer cannot say, whoever wins.
# AWS: "HTTP header modification for your Application Load Balancer"; the header names are those of the provider's
# listener (pulumi-aws 7.51.1), read 2026-11.
UNSAID = ("Referrer-Policy", "Permissions-Policy", "X-XSS-Protection")


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


def unsaid(headers: SecurityHeaders) -> Mapping[str, str]:
    """What is left to the application."""
    return {name: value for name, value in headers.values().items() if name in UNSAID}
