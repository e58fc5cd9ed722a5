from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class RepositoryPolicy(Binding):
    """Who may pull from and push to a repository."""

    token = "aws:ecr/repositoryPolicy:RepositoryPolicy"
    service = "ecr"
    operation = "set_repository_policy"
    parameters = {"policyText": "policy", "repositoryName": "repository"}
    replaces = frozenset({"repository"})
    references = (Reference("repository", "ecr_repository"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"repositoryName": new["repository"], "policyText": new["policy"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["repository"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ecr").set_repository_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ecr").get_repository_policy(repositoryName=identity)
        return {"repository": identity, "policy": found["policyText"], "registryId": found["registryId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecr").delete_repository_policy(repositoryName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", policy_document.REPOSITORY)
