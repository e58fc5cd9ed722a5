"""Policies of keys under which nobody could change them any more."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud import policy_document
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value


def policy_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What is wrong with `policy`: its form, and whether it locks everybody out."""
    policy: Value = new.get("policy")
    malformed = list(policy_document.problems(policy, "policy", policy_document.KEY))
    yield from malformed
    if not malformed and isinstance(policy, str) and not new.get("bypassPolicyLockoutSafetyCheck"):
        yield from _lockout(ctx, policy)


def _lockout(ctx: Context, policy: str) -> Iterator[Refusal]:
    """AWS refuses a policy under which nobody of the account could change the policy again."""
    for statement in policy_document.statements(policy):
        principal = str(statement.get("Principal", ""))
        actions = str(statement.get("Action", ""))
        may = any(word in actions for word in ("kms:*", "kms:Put", "'*'")) or actions == "*"
        if statement["Effect"] == "Allow" and may and (ctx.account in principal or "*" in principal):
            return
    yield Refusal(
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.",
        "policy",
        f"allow kms:* to arn:{ctx.partition}:iam::{ctx.account}:root, or set bypassPolicyLockoutSafetyCheck.",
    )
