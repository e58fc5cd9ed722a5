"""What CloudFront refuses in its policies and the model does not say.

AWS: CachePolicyConfig, OriginRequestPolicyConfig and ResponseHeadersPolicyConfig, CloudFront API reference; from memory
of AWS's documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.bindings._checks import at, between, written
from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "InvalidArgument"
_KINDS = {
    "cookiesConfig": ("cookieBehavior", "cookies"),
    "headersConfig": ("headerBehavior", "headers"),
    "queryStringsConfig": ("queryStringBehavior", "queryStrings"),
}
_LISTING = ("whitelist", "allExcept", "allViewerAndWhitelistCloudFront")
_KEY = "parametersInCacheKeyAndForwardedToOrigin"


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong with a policy of any kind."""
    yield from written(new, "name", r"[A-Za-z0-9_-]{1,128}", "1 to 128 letters, digits, - and _", _CODE)
    for name in ("minTtl", "defaultTtl", "maxTtl"):
        yield from between(new, name, 0, 10**12, _CODE)
    for prefix in ("", f"{_KEY}."):
        for config in _KINDS:
            yield from _list_problems(new, prefix + config)
    if at(new, "corsConfig.accessControlAllowCredentials") is True:
        yield from _star_problems(new)


def _list_problems(new: Props, path: str) -> Iterator[Refusal]:
    behaviour, name = _KINDS[path.rsplit(".", 1)[-1]]
    said, listed = at(new, f"{path}.{behaviour}"), at(new, f"{path}.{name}")
    empty = listed is None or (isinstance(listed, Mapping) and listed.get("items") in (None, []))
    if said in _LISTING and empty:
        yield Refusal(_CODE, f"{behaviour} {said} needs {name}.", f"{path}.{name}")
    if said in ("none", "all", "allViewer") and not empty:
        yield Refusal(_CODE, f"{behaviour} {said} does not go with {name}.", f"{path}.{name}")


def _star_problems(new: Props) -> Iterator[Refusal]:
    for name in ("accessControlAllowHeaders", "accessControlAllowMethods", "accessControlAllowOrigins"):
        if "*" in (at(new, f"corsConfig.{name}.items") or ()):
            text = f"accessControlAllowCredentials cannot be true while {name} allows everything (*)."
            yield Refusal(_CODE, text, "corsConfig.accessControlAllowCredentials")
