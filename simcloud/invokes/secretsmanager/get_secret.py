from __future__ import annotations

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import mapping
from simcloud.values import Props


def get_secret(ctx: Context, args: Props) -> Props:
    """A secret by ARN or by name, without its value."""
    key = args.get("arn") or args.get("name")
    if not key:
        raise Refusal("MissingParameter", "one of arn and name is needed.")
    client = ctx.client("secretsmanager")
    secret = client.describe_secret(SecretId=key)
    return {
        "arn": secret["ARN"],
        "createdDate": secret["CreatedDate"].isoformat(),
        "description": secret.get("Description", ""),
        "id": secret["ARN"],
        "kmsKeyId": secret.get("KmsKeyId", ""),
        "lastChangedDate": secret["LastChangedDate"].isoformat(),
        "name": secret["Name"],
        "policy": client.get_resource_policy(SecretId=key).get("ResourcePolicy", ""),
        "region": ctx.region,
        "tags": mapping(secret.get("Tags")),
        "type": secret.get("Type", ""),
    }
