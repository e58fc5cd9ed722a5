"""Security headers: the same at either edge, exactly as listed."""

from typing import Any

import pytest

from components.cloudflare_rules import header_rules
from components.cloudflare_settings import zone_settings
from components.edge_headers import STRICT_HEADERS, SecurityHeaders
from components.errors import ComponentError
from tests.components.edges import edge
from tests.components.recording import Cloud

# The list of the practice application's architecture document, to the letter.
LISTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-XSS-Protection": "1; mode=block",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
}


def as_cloudfront_sends(policy: dict[str, Any]) -> dict[str, str]:
    """A response headers policy, as browsers see it."""
    config = policy["securityHeadersConfig"]
    hsts = config["strictTransportSecurity"]
    said = {
        "Strict-Transport-Security": f"max-age={int(hsts['accessControlMaxAgeSec'])}"
        + ("; includeSubDomains" if hsts["includeSubdomains"] else "")
        + ("; preload" if hsts.get("preload") else ""),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": config["frameOptions"]["frameOption"],
        "Referrer-Policy": config["referrerPolicy"]["referrerPolicy"],
    }
    if xss := config.get("xssProtection"):
        said["X-XSS-Protection"] = f"{int(xss['protection'])}{'; mode=block' if xss['modeBlock'] else ''}"
    if csp := config.get("contentSecurityPolicy"):
        said["Content-Security-Policy"] = csp["contentSecurityPolicy"]
    custom = (policy.get("customHeadersConfig") or {"items": []})["items"]
    return {**said, **{item["header"]: item["value"] for item in custom}}


def as_cloudflare_sends(headers: SecurityHeaders) -> dict[str, str]:
    """The rules and the setting, as browsers see them."""
    rules = [rule["action_parameters"]["headers"] for rule in header_rules(headers)]
    said = {name: change["value"] for rule in rules for name, change in rule.items()}
    hsts = zone_settings(headers, "1.3", {})["security_header"]["strict_transport_security"]
    flags = ("; includeSubDomains" if hsts["include_subdomains"] else "") + (
        "; preload" if hsts["preload"] else ""
    )
    return {**said, "Strict-Transport-Security": f"max-age={hsts['max_age']}{flags}"}


@pytest.mark.proves("S0-58", "S0-59", "S0-60")
def test_cloudfront_sends_all_seven_as_listed(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(headers=STRICT_HEADERS))
    policy = dict(cloud.one("ResponseHeadersPolicy").inputs)
    assert as_cloudfront_sends(policy) == LISTED
    said = [*policy["securityHeadersConfig"].values(), *policy["customHeadersConfig"]["items"]]
    assert {part["override"] for part in said} == {True}


@pytest.mark.proves("S0-58", "S0-59", "S0-60")
def test_cloudflare_sends_all_seven_as_listed() -> None:
    assert as_cloudflare_sends(STRICT_HEADERS) == LISTED
    assert [rule["expression"] for rule in header_rules(STRICT_HEADERS)] == ["true"]


@pytest.mark.parametrize(
    "headers",
    [
        SecurityHeaders(hsts_seconds=600),
        STRICT_HEADERS,
        SecurityHeaders(hsts_preload=True, hsts_seconds=31_536_000),
    ],
)
def test_both_edges_send_the_same(cloud: Cloud, headers: SecurityHeaders) -> None:
    cloud.deploy(lambda: edge(headers=headers))
    sent = as_cloudfront_sends(dict(cloud.one("ResponseHeadersPolicy").inputs))
    assert sent == as_cloudflare_sends(headers) == headers.values()


def test_two_years_of_https_are_one_at_cloudflare() -> None:
    assert SecurityHeaders().hsts == "max-age=63072000; includeSubDomains"
    sent = as_cloudflare_sends(SecurityHeaders())["Strict-Transport-Security"]
    assert sent == "max-age=31536000; includeSubDomains"


def test_what_the_application_says_is_left_unless_told(cloud: Cloud) -> None:
    cloud.deploy(edge)
    said = cloud.one("ResponseHeadersPolicy").inputs["securityHeadersConfig"]
    assert {name: part["override"] for name, part in said.items()} == {
        "strictTransportSecurity": True,
        "contentTypeOptions": True,
        "frameOptions": False,
        "referrerPolicy": False,
    }
    assert [rule["expression"] for rule in header_rules(SecurityHeaders())] == [
        "true",
        'not has_key(http.response.headers, "x-frame-options")',
        'not has_key(http.response.headers, "referrer-policy")',
    ]


def test_a_promise_to_browsers_must_be_long(cloud: Cloud) -> None:
    headers = SecurityHeaders(hsts_seconds=3600, hsts_preload=True)
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: edge(headers=headers))
    assert str(refused.value) == (
        "la-prod-edge: browsers are to know the name beforehand, but for 3600 seconds only. Expected at least 31536000 "
        "seconds (a year) with hsts_preload. Fix: raise hsts_seconds or drop hsts_preload."
    )
    assert cloud.made == []
