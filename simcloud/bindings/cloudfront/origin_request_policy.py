from __future__ import annotations

from simcloud.bindings.cloudfront._policy import Policy


class OriginRequestPolicy(Policy):
    """What of a viewer's request reaches the origin beside the cache key."""

    token = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy"
    operation = "create_origin_request_policy"
    parameters = {f"OriginRequestPolicyConfig.{name}": key for name, key in (
        ("Name", "name"), ("Comment", "comment"), ("HeadersConfig", "headersConfig"),
        ("CookiesConfig", "cookiesConfig"), ("QueryStringsConfig", "queryStringsConfig"),
    )}  # fmt: skip
    kind = "OriginRequestPolicy"
    path = "origin-request-policy"
    behaviour_key = "OriginRequestPolicyId"
