from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_parameter(ctx: Context, args: Props) -> Props:
    """A parameter of the account, or one of AWS's public ones (`/aws/service/…`)."""
    decrypted = args.get("withDecryption", True)
    found = ctx.client("ssm").get_parameter(Name=args["name"], WithDecryption=decrypted)["Parameter"]
    return {
        "arn": found["ARN"],
        "id": found["Name"],
        "insecureValue": "" if found["Type"] == "SecureString" else found["Value"],
        "name": args["name"],
        "region": ctx.region,
        "type": found["Type"],
        "value": found["Value"],
        "version": found["Version"],
        "withDecryption": decrypted,
    }
