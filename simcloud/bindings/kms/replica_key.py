from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.kms._lockout import policy_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class ReplicaKey(Binding):
    """The same key in another region: same id and material, its own policy and description."""

    token = "aws:kms/replicaKey:ReplicaKey"
    service = "kms"
    operation = "replicate_key"
    parameters = {"KeyId": "primaryKeyArn"}
    replaces = frozenset({"primaryKeyArn"})
    defaults = {"bypassPolicyLockoutSafetyCheck": False, "enabled": True}
    tagging = tagging.KMS
    references = (Reference("primaryKeyArn", "primary_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        primary = new["primaryKeyArn"]
        return without_none(
            {
                "KeyId": primary.split("/", 1)[-1] if isinstance(primary, str) else primary,
                "ReplicaRegion": ctx.region,
                "Description": new.get("description"),
                "Policy": new.get("policy"),
                "BypassPolicyLockoutSafetyCheck": new["bypassPolicyLockoutSafetyCheck"],
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        """The primary's region makes it."""
        home = ctx.client("kms", new["primaryKeyArn"].split(":")[3])
        made = home.replicate_key(**self.request(ctx, new))
        return str(made["ReplicaKeyMetadata"]["KeyId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        kms = ctx.client("kms")
        if old and new.get("description") != old.get("description"):
            kms.update_key_description(KeyId=identity, Description=new.get("description", ""))
        if old and new.get("policy") and new["policy"] != old.get("policy"):
            kms.put_key_policy(KeyId=identity, PolicyName="default", Policy=new["policy"])
        if new["enabled"] != old.get("enabled", True):
            (kms.enable_key if new["enabled"] else kms.disable_key)(KeyId=identity)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        kms = ctx.client("kms")
        key = kms.describe_key(KeyId=identity)["KeyMetadata"]
        configuration = key.get("MultiRegionConfiguration") or {}
        if key["KeyState"] == "PendingDeletion" or configuration.get("MultiRegionKeyType") != "REPLICA":
            return None
        primary = configuration["PrimaryKey"]
        return {
            "arn": key["Arn"],
            "keyId": key["KeyId"],
            "description": key["Description"],
            "enabled": key["Enabled"],
            "keySpec": key["KeySpec"],
            "keyUsage": key["KeyUsage"],
            "keyRotationEnabled": _rotates(ctx, primary),
            "policy": kms.get_key_policy(KeyId=identity, PolicyName="default")["Policy"],
            "primaryKeyArn": primary["Arn"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        days = old.get("deletionWindowInDays")
        ctx.client("kms").schedule_key_deletion(KeyId=identity, PendingWindowInDays=days or 30)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_problems(ctx, new)
        primary, days = new["primaryKeyArn"], new.get("deletionWindowInDays")
        if isinstance(days, int | float) and not 7 <= days <= 30:
            yield Refusal(
                "ValidationException",
                f"deletionWindowInDays is {days:g}, must be 7 to 30.",
                "deletionWindowInDays",
            )
        # From memory of AWS's documentation, not verified: ReplicateKey, AWS KMS API Reference.
        if isinstance(primary, str) and not primary.startswith(f"arn:{ctx.partition}:kms:"):
            yield Refusal("InvalidArnException", f"{primary!r} is not the ARN of a key.", "primaryKeyArn")
        elif isinstance(primary, str) and primary.split(":")[3] == ctx.region:
            yield Refusal(
                "ValidationException",
                f"the primary key is in {ctx.region} itself; a replica is in another region.",
                "primaryKeyArn",
                "give the replica a region of its own, or a provider for another region.",
            )
        elif isinstance(primary, str) and ":key/mrk-" not in primary:
            yield Refusal(
                "UnsupportedOperationException",
                f"{primary} is not a multi-region key.",
                "primaryKeyArn",
                "set multiRegion on the primary key.",
            )


def _rotates(ctx: Context, primary: Mapping[str, Any]) -> bool:
    try:
        status = ctx.client("kms", primary["Region"]).get_key_rotation_status(KeyId=primary["Arn"])
    except ClientError:
        return False
    return bool(status["KeyRotationEnabled"])
