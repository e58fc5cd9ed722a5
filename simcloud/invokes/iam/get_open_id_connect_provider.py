from __future__ import annotations

from simcloud import tagging
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_open_id_connect_provider(ctx: Context, args: Props) -> Props:
    """An identity provider by ARN or address."""
    arn = args.get("arn") or _arn(ctx, args)
    found = ctx.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    return {
        "arn": arn,
        "clientIdLists": found["ClientIDList"],
        "id": arn,
        "tags": tagging.OIDC_PROVIDER.current(ctx, arn),
        "thumbprintLists": found["ThumbprintList"],
        "url": found["Url"].removeprefix("https://"),
    }


def _arn(ctx: Context, args: Props) -> str:
    if not args.get("url"):
        raise Refusal("InvalidArgument", "one of `arn` and `url` must be given.", "arn")
    listed = ctx.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
    wanted = args["url"].removeprefix("https://")
    arns = [item["Arn"] for item in listed if item["Arn"].split("/", 1)[1] == wanted]
    return str(_one.only(arns, "IAM OIDC Provider"))
