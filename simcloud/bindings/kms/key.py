from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document, principals, tagging
from simcloud.binding import Binding, Params
from simcloud.bindings.kms._lockout import policy_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Key(Binding):
    """A customer-managed key; deleting it schedules the deletion."""

    token = "aws:kms/key:Key"
    service = "kms"
    operation = "create_key"
    parameters = {"KeySpec": "customerMasterKeySpec", "XksKeyId": "xksKeyId"}
    replaces = frozenset({"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"})
    defaults = {
        "bypassPolicyLockoutSafetyCheck": False,
        "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "enableKeyRotation": False,
        "isEnabled": True,
        "keyUsage": "ENCRYPT_DECRYPT",
    }
    tagging = tagging.KMS

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Description": new.get("description"),
                "KeyUsage": new["keyUsage"],
                "KeySpec": new["customerMasterKeySpec"],
                "Policy": new.get("policy"),
                "MultiRegion": new.get("multiRegion"),
                "BypassPolicyLockoutSafetyCheck": new["bypassPolicyLockoutSafetyCheck"],
                "CustomKeyStoreId": new.get("customKeyStoreId"),
                "XksKeyId": new.get("xksKeyId"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["KeyMetadata"]["KeyId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        kms = ctx.client("kms")
        before = old or {**self.defaults, "description": new.get("description"), "policy": new.get("policy")}
        if new["isEnabled"] and not before["isEnabled"]:
            kms.enable_key(KeyId=identity)
        _rotate(kms, identity, new, before)
        if new.get("description") != before.get("description"):
            kms.update_key_description(KeyId=identity, Description=new.get("description", ""))
        if new.get("policy") and new["policy"] != before.get("policy"):
            kms.put_key_policy(KeyId=identity, PolicyName="default", Policy=new["policy"])
        if before["isEnabled"] and not new["isEnabled"]:
            kms.disable_key(KeyId=identity)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        kms = ctx.client("kms")
        key = kms.describe_key(KeyId=identity)["KeyMetadata"]
        if key["KeyState"] in ("PendingDeletion", "PendingReplicaDeletion"):
            return None
        rotation = kms.get_key_rotation_status(KeyId=identity)
        return {
            "arn": key["Arn"],
            "keyId": key["KeyId"],
            "description": key["Description"],
            "keyUsage": key["KeyUsage"],
            "customerMasterKeySpec": key["KeySpec"],
            "isEnabled": key["Enabled"],
            "multiRegion": key.get("MultiRegion", False),
            "enableKeyRotation": rotation["KeyRotationEnabled"],
            "rotationPeriodInDays": rotation.get("RotationPeriodInDays", 0),
            "policy": kms.get_key_policy(KeyId=identity, PolicyName="default")["Policy"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        days = old.get("deletionWindowInDays")
        ctx.client("kms").schedule_key_deletion(KeyId=identity, PendingWindowInDays=days or 30)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return principals.missing(ctx, new.get("policy"), "policy", policy_document.KEY)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from policy_problems(ctx, new)
        yield from _out_of_range(new, "deletionWindowInDays", 7, 30)
        yield from _out_of_range(new, "rotationPeriodInDays", 90, 2560)
        yield from _usage_problems(new)
        if new.get("customKeyStoreId") is not None:
            text = f"the key store {new['customKeyStoreId']} does not exist: the simulated cloud has none."
            yield Refusal("CustomKeyStoreNotFoundException", text, "customKeyStoreId")
        if new["enableKeyRotation"] is True and new["customerMasterKeySpec"] != "SYMMETRIC_DEFAULT":
            yield Refusal(
                "UnsupportedOperationException",
                "only symmetric encryption keys rotate by themselves.",
                "enableKeyRotation",
            )


# AWS: CreateKey, AWS KMS API Reference: what each kind of key can be used for; from memory, not verified.
_USAGES = {
    "SYMMETRIC": ("ENCRYPT_DECRYPT",),
    "HMAC": ("GENERATE_VERIFY_MAC",),
    "RSA": ("ENCRYPT_DECRYPT", "SIGN_VERIFY"),
    "ECC": ("SIGN_VERIFY", "KEY_AGREEMENT"),
    "ML": ("SIGN_VERIFY",),
    "SM2": ("ENCRYPT_DECRYPT", "SIGN_VERIFY", "KEY_AGREEMENT"),
}


def _usage_problems(new: Props) -> Iterator[Refusal]:
    spec, usage = new["customerMasterKeySpec"], new["keyUsage"]
    allowed = _USAGES.get(str(spec).split("_")[0])
    if isinstance(usage, str) and allowed and usage not in allowed:
        text = f"The key usage {usage} is not compatible with {spec}: only {', '.join(allowed)}."
        yield Refusal("ValidationException", text, "keyUsage")


def _rotate(kms: Any, identity: str, new: Props, before: Props) -> None:
    period = new.get("rotationPeriodInDays")
    if new["enableKeyRotation"]:
        if not before["enableKeyRotation"] or period != before.get("rotationPeriodInDays"):
            kms.enable_key_rotation(KeyId=identity, **without_none({"RotationPeriodInDays": period}))
    elif before["enableKeyRotation"]:
        kms.disable_key_rotation(KeyId=identity)


def _out_of_range(new: Props, name: str, low: int, high: int) -> Iterator[Refusal]:
    # AWS: ScheduleKeyDeletion and EnableKeyRotation, AWS KMS API Reference; per reference notes, not verified.
    value = new.get(name)
    if isinstance(value, int | float) and not low <= value <= high:
        yield Refusal("ValidationException", f"{name} is {value:g}, must be {low} to {high}.", name)
