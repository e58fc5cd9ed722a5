from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.kms._lockout import policy_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class KeyPolicy(Binding):
    """Who may use a key. The id is the key's; a key without one has AWS's default."""

    token = "aws:kms/keyPolicy:KeyPolicy"
    service = "kms"
    operation = "put_key_policy"
    replaces = frozenset({"keyId"})
    defaults = {"bypassPolicyLockoutSafetyCheck": False}
    references = (Reference("keyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "KeyId": new["keyId"],
            "PolicyName": "default",
            "Policy": new["policy"],
            "BypassPolicyLockoutSafetyCheck": new["bypassPolicyLockoutSafetyCheck"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["keyId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("kms").put_key_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        kms = ctx.client("kms")
        key = kms.describe_key(KeyId=identity)["KeyMetadata"]
        if key["KeyState"] == "PendingDeletion":
            return None
        policy = kms.get_key_policy(KeyId=identity, PolicyName="default")["Policy"]
        return {"keyId": identity, "policy": policy}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """AWS has no key without a policy: the provider puts the default one back."""
        root = f"arn:{ctx.partition}:iam::{ctx.account}:root"
        statement = {
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {"AWS": root},
            "Action": "kms:*",
            "Resource": "*",
        }
        document = {"Version": "2012-10-17", "Id": "default", "Statement": [statement]}
        ctx.client("kms").put_key_policy(KeyId=identity, PolicyName="default", Policy=json.dumps(document))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return policy_problems(ctx, new)
