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
    if not isinstance(rules, list) or not rules or not all(isinstance(rule, dict) for rule in rules):
        yield "rules must be a list of at least one object."
        return
    for priority, count in Counter(rule.get("rulePriority") for rule in rules).items():
        if count > 1:
            yield f"rulePriority {priority} is used {count} times."
    for rule in rules:
        yield from _rule_problems(rule)
    yield from _last_problems(rules)


def _rule_problems(rule: Mapping[str, Any]) -> Iterator[str]:
    selection, priority = rule.get("selection", {}), rule.get("rulePriority")
    kind, status, number = (
        selection.get("countType"),
        selection.get("tagStatus"),
        selection.get("countNumber"),
    )
    if not isinstance(priority, int) or priority < 1:
        yield f"rulePriority {priority!r} must be a whole number above 0."
    if status not in ("tagged", "untagged", "any"):
        yield f"tagStatus {status!r} is not one of tagged, untagged, any."
    if status == "tagged" and not (selection.get("tagPrefixList") or selection.get("tagPatternList")):
        yield "tagStatus tagged needs tagPrefixList or tagPatternList."
    if kind not in ("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"):
        yield f"countType {kind!r} is not one of imageCountMoreThan, sinceImagePushed."
    if str(kind).startswith("since") and selection.get("countUnit") != "days":
        yield f"countType {kind} needs the countUnit days."
    if not isinstance(number, int) or number < 1:
        yield f"countNumber {number!r} must be a whole number above 0."
    if rule.get("action", {}).get("type") not in ("expire", "transition"):
        yield f"the action {rule.get('action', {}).get('type')!r} is not expire."


def _last_problems(rules: list[Mapping[str, Any]]) -> Iterator[str]:
    """AWS: a rule for any image is the last one."""
    highest = max(rule.get("rulePriority") or 0 for rule in rules)
    for rule in rules:
        if rule.get("selection", {}).get("tagStatus") == "any" and (rule.get("rulePriority") or 0) < highest:
            yield "the rule with the tagStatus any must have the highest rulePriority."
