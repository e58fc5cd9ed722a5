from __future__ import annotations

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_alias(ctx: Context, args: Props) -> Props:
    """An alias and the key it stands for."""
    kms = ctx.client("kms")
    alias = next((item for item in kms.list_aliases()["Aliases"] if item["AliasName"] == args["name"]), None)
    if alias is None or "TargetKeyId" not in alias:
        raise Refusal("NotFoundException", f"Alias {args['name']} is not found.", "name")
    return {
        "arn": alias["AliasArn"],
        "id": alias["AliasArn"],
        "name": args["name"],
        "region": ctx.region,
        "targetKeyArn": kms.describe_key(KeyId=alias["TargetKeyId"])["KeyMetadata"]["Arn"],
        "targetKeyId": alias["TargetKeyId"],
    }
