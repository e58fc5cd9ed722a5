from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings.cloudfront._policy import Policy
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_PARTS = {
    "corsConfig": "CorsConfig",
    "customHeadersConfig": "CustomHeadersConfig",
    "removeHeadersConfig": "RemoveHeadersConfig",
    "securityHeadersConfig": "SecurityHeadersConfig",
    "serverTimingHeadersConfig": "ServerTimingHeadersConfig",
}


class ResponseHeadersPolicy(Policy):
    """Headers that the edge adds to answers or takes from them."""

    token = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
    operation = "create_response_headers_policy"
    parameters = {f"ResponseHeadersPolicyConfig.{name}": key for name, key in (
        ("Name", "name"), ("Comment", "comment"), *((api, name) for name, api in _PARTS.items()),
    )}  # fmt: skip
    kind = "ResponseHeadersPolicy"
    path = "response-headers-policy"
    behaviour_key = "ResponseHeadersPolicyId"

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        # AWS: the API refuses a policy that does nothing; per general knowledge, not verified against AWS.
        if not any(new.get(part) for part in _PARTS):
            yield Refusal(
                "InvalidArgument", f"The policy must contain at least one of {', '.join(_PARTS)}.", "name"
            )
