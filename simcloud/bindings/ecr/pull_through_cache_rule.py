from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: «Creating a pull through cache rule», ECR User Guide; from memory of it, not verified.
_OPEN = ("public.ecr.aws", "quay.io", "registry.k8s.io")
_WITH_SECRET = re.compile(r"registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|[a-z0-9]+\.azurecr\.io")
_ECR = re.compile(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?")
_SECRET = ":secret:ecr-pullthroughcache/"
_NAMES = (
    "credentialArn", "customRoleArn", "ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix",
)  # fmt: skip


class PullThroughCacheRule(Binding):
    """A prefix under which images of another registry are kept once they were pulled."""

    token = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
    service = "ecr"
    operation = "create_pull_through_cache_rule"
    replaces = frozenset({"ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix"})
    references = (Reference("credentialArn", "secret"), Reference("customRoleArn", "role"))
    faults = {"PullThroughCacheRuleAlreadyExistsException": "ecrRepositoryPrefix"}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({name: new.get(name) for name in _NAMES})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["ecrRepositoryPrefix"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            changed = {name: new.get(name) for name in ("credentialArn", "customRoleArn")}
            ctx.client("ecr").update_pull_through_cache_rule(
                ecrRepositoryPrefix=identity, **without_none(changed)
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("ecr").describe_pull_through_cache_rules(ecrRepositoryPrefixes=[identity])
        found = answer["pullThroughCacheRules"][0]
        return {**{name: found.get(name) for name in _NAMES}, "registryId": found["registryId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecr").delete_pull_through_cache_rule(ecrRepositoryPrefix=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        address, secret = new["upstreamRegistryUrl"], new.get("credentialArn")
        if isinstance(address, str):
            yield from _upstream_problems(address.removeprefix("https://"), new)
        if isinstance(secret, str) and _SECRET not in secret:
            yield Refusal(
                "InvalidParameterException",
                "The secret's name must begin with ecr-pullthroughcache/.",
                "credentialArn",
            )


def _upstream_problems(address: str, new: Props) -> Iterator[Refusal]:
    needs_secret, of_ecr = bool(_WITH_SECRET.fullmatch(address)), bool(_ECR.fullmatch(address))
    if not (address in _OPEN or needs_secret or of_ecr):
        yield Refusal(
            "UnsupportedUpstreamRegistryException",
            f"The specified upstream registry {address} isn't supported.",
            "upstreamRegistryUrl",
        )
    if needs_secret and new.get("credentialArn") is None:
        yield Refusal("InvalidParameterException", f"{address} needs a credentialArn.", "credentialArn")
    if address in _OPEN and new.get("credentialArn") is not None:
        yield Refusal("InvalidParameterException", f"{address} takes no credentials.", "credentialArn")
    if not of_ecr and new.get("customRoleArn") is not None:
        yield Refusal(
            "InvalidParameterException", "a role is for other ECR registries only.", "customRoleArn"
        )
