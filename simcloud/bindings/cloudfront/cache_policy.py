from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Params
from simcloud.bindings.cloudfront._policy import Policy
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value

_NOT_COMPRESSED = {"enableAcceptEncodingBrotli": False, "enableAcceptEncodingGzip": False}
_TTLS = ("minTtl", "defaultTtl", "maxTtl")


class CachePolicy(Policy):
    """How long objects are kept at the edge, and what tells them apart."""

    token = "aws:cloudfront/cachePolicy:CachePolicy"
    operation = "create_cache_policy"
    parameters = {f"CachePolicyConfig.{name}": key for name, key in (
        ("Name", "name"), ("Comment", "comment"), ("MinTTL", "minTtl"), ("DefaultTTL", "defaultTtl"),
        ("MaxTTL", "maxTtl"),
        ("ParametersInCacheKeyAndForwardedToOrigin", "parametersInCacheKeyAndForwardedToOrigin"),
    )}  # fmt: skip
    defaults = {"defaultTtl": 86_400, "maxTtl": 31_536_000, "minTtl": 0}
    kind = "CachePolicy"
    path = "cache-policy"
    behaviour_key = "CachePolicyId"

    def request(self, ctx: Context, new: Props) -> Params:
        key = new["parametersInCacheKeyAndForwardedToOrigin"]
        filled = key if isinstance(key, Unknown) else {**_NOT_COMPRESSED, **key}
        return super().request(ctx, {**new, "parametersInCacheKeyAndForwardedToOrigin": filled})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        ttls = [new[name] for name in _TTLS]
        if not any(isinstance(ttl, Unknown) for ttl in ttls):
            yield from _ttl_problems(
                [int(ttl) for ttl in ttls], new["parametersInCacheKeyAndForwardedToOrigin"]
            )


def _ttl_problems(ttls: list[int], key: Value) -> Iterator[Refusal]:
    shortest, usual, longest = ttls
    if not shortest <= usual <= longest:
        yield Refusal(
            "InvalidArgument",
            f"The TTLs must rise: minTtl {shortest}, defaultTtl {usual}, maxTtl {longest}.",
            "defaultTtl",
        )
    # AWS: CachePolicyConfig: a policy with caching disabled takes no compression; per general knowledge.
    compressed = [
        name
        for name in ("Brotli", "Gzip")
        if isinstance(key, dict) and key.get(f"enableAcceptEncoding{name}")
    ]
    if longest == 0 and compressed:
        yield Refusal(
            "InvalidArgument",
            f"The parameter EnableAcceptEncoding{compressed[0]} is invalid for policy with caching disabled.",
            f"parametersInCacheKeyAndForwardedToOrigin.enableAcceptEncoding{compressed[0]}",
        )
