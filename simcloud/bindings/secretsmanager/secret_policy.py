from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class SecretPolicy(Binding):
    """The resource policy of a secret."""

    token = "aws:secretsmanager/secretPolicy:SecretPolicy"
    service = "secretsmanager"
    operation = "put_resource_policy"
    parameters = {"SecretId": "secretArn", "ResourcePolicy": "policy"}
    replaces = frozenset({"secretArn"})
    references = (Reference("secretArn", "secret"),)

    def request(self, ctx: Context, new: Props) -> Params:
        block = {"BlockPublicPolicy": new["blockPublicPolicy"]} if "blockPublicPolicy" in new else {}
        return {"SecretId": new["secretArn"], "ResourcePolicy": new["policy"], **block}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["ARN"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("secretsmanager").put_resource_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("secretsmanager").get_resource_policy(SecretId=identity)
        if not found.get("ResourcePolicy"):
            return None
        return {"secretArn": found["ARN"], "policy": found["ResourcePolicy"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("secretsmanager").delete_resource_policy(SecretId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_document.problems(new["policy"], "policy", policy_document.SECRET)
        public = any(map(policy_document.is_public, policy_document.statements(new["policy"])))
        if new.get("blockPublicPolicy") is True and public:
            yield Refusal(
                "PublicPolicyException",
                "the policy gives anybody access, and blockPublicPolicy is on.",
                "policy",
            )
