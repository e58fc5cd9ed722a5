from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class LifecyclePolicy(Binding):
    """Which images of a repository expire."""

    token = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
    service = "ecr"
    operation = "put_lifecycle_policy"
    parameters = {"lifecyclePolicyText": "policy", "repositoryName": "repository"}
    replaces = frozenset({"repository"})
    references = (Reference("repository", "ecr_repository"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"repositoryName": new["repository"], "lifecyclePolicyText": new["policy"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["repository"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ecr").put_lifecycle_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ecr").get_lifecycle_policy(repositoryName=identity)
        return {
            "repository": identity,
            "policy": found["lifecyclePolicyText"],
            "registryId": found["registryId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecr").delete_lifecycle_policy(repositoryName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if isinstance(new["policy"], str):
            for problem in _problems(new["policy"]):
                yield Refusal("InvalidParameterException", problem, "policy")


def _problems(text: str) -> Iterator[str]:
    """AWS: «Lifecycle policy parameters», ECR User Guide; per reference notes, not verified against AWS."""
    try:
        rules = json.loads(text)["rules"]
    except (ValueError, KeyError, TypeError):
        yield "the lifecycle policy is not a JSON object with rules."
        return
    for priority, count in Counter(rule.get("rulePriority") for rule in rules).items():
        if count > 1:
            yield f"rulePriority {priority} is used {count} times."
    for rule in rules:
        selection = rule.get("selection", {})
        if selection.get("tagStatus") not in ("tagged", "untagged", "any"):
            yield f"tagStatus {selection.get('tagStatus')!r} is not one of tagged, untagged, any."
        if selection.get("countType") not in ("imageCountMoreThan", "sinceImagePushed"):
            yield f"countType {selection.get('countType')!r} is not one of imageCountMoreThan, sinceImagePushed."
