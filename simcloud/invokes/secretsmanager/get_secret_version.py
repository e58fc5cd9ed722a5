from __future__ import annotations

import base64

from simcloud.context import Context
from simcloud.values import Props


def get_secret_version(ctx: Context, args: Props) -> Props:
    """The value of a secret: of a version, or of the one with a label (`AWSCURRENT` unless given)."""
    stage = args.get("versionStage") or "AWSCURRENT"
    version = args.get("versionId")
    which = {"VersionId": version} if version else {"VersionStage": stage}
    value = ctx.client("secretsmanager").get_secret_value(SecretId=args["secretId"], **which)
    return {
        "arn": value["ARN"],
        "createdDate": value["CreatedDate"].isoformat(),
        "id": f"{args['secretId']}|{version or stage}",
        "region": ctx.region,
        "secretArn": value["ARN"],
        "secretBinary": base64.b64encode(value.get("SecretBinary", b"")).decode(),
        "secretId": args["secretId"],
        "secretString": value.get("SecretString", ""),
        "versionId": value["VersionId"],
        "versionStage": stage,
        "versionStages": value["VersionStages"],
    }
