from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, without_none

_LARGEST_CODE = 10_240


class Function(Binding):
    """A small program at the edge; `publish` makes it live."""

    token = "aws:cloudfront/function:Function"
    service = "cloudfront"
    faults = {"FunctionAlreadyExists": "name"}
    operation = "create_function"
    parameters = {
        "FunctionConfig.Runtime": "runtime",
        "FunctionConfig.Comment": "comment",
        "FunctionConfig.KeyValueStoreAssociations": "keyValueStoreAssociations",
        "FunctionCode": "code",
    }
    replaces = frozenset({"name"})
    defaults = {"publish": True}
    autoname = AutoName(limit=64)
    tagging = tagging.CLOUDFRONT
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {"Name": new["name"], "FunctionCode": _code(new["code"]), "FunctionConfig": _config(new)}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["FunctionSummary"]["Name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        cloudfront = ctx.client("cloudfront")
        if old and any(
            new.get(key) != old.get(key)
            for key in ("code", "comment", "runtime", "keyValueStoreAssociations")
        ):
            cloudfront.update_function(**self.request(ctx, new), IfMatch=_tag(cloudfront, identity))
        if new["publish"]:
            cloudfront.publish_function(Name=identity, IfMatch=_tag(cloudfront, identity))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        cloudfront = ctx.client("cloudfront")
        found = cloudfront.describe_function(Name=identity, Stage="DEVELOPMENT")
        summary = found["FunctionSummary"]
        stores = summary["FunctionConfig"].get("KeyValueStoreAssociations", {}).get("Items", [])
        return {
            "arn": summary["FunctionMetadata"]["FunctionARN"],
            "name": identity,
            "code": cloudfront.get_function(Name=identity, Stage="DEVELOPMENT")["FunctionCode"]
            .read()
            .decode(),
            "comment": summary["FunctionConfig"].get("Comment") or None,
            "runtime": summary["FunctionConfig"]["Runtime"],
            "keyValueStoreAssociations": [store["KeyValueStoreARN"] for store in stores],
            "etag": found["ETag"],
            "liveStageEtag": _live_tag(cloudfront, identity),
            "status": summary["Status"],
            "publish": given.get("publish", True),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        cloudfront = ctx.client("cloudfront")
        cloudfront.delete_function(Name=identity, IfMatch=_tag(cloudfront, identity))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: «Restrictions on CloudFront Functions»: 10 KB; per general knowledge, not verified against AWS.
        code = new["code"]
        if code == "":
            yield Refusal("InvalidArgument", "The function has no code.", "code")
        if isinstance(code, str) and len(code.encode()) > _LARGEST_CODE:
            yield Refusal(
                "FunctionSizeLimitExceeded",
                f"The function has {len(code.encode())} bytes, at most {_LARGEST_CODE} are allowed.",
                "code",
            )


def _code(given: Any) -> Any:
    return given if isinstance(given, Unknown) else given.encode()


def _config(new: Props) -> Params:
    stores = new.get("keyValueStoreAssociations")
    listed = (
        {"Quantity": len(stores), "Items": [{"KeyValueStoreARN": arn} for arn in stores]}
        if isinstance(stores, list) and stores
        else None
    )
    return without_none(
        {"Comment": new.get("comment", ""), "Runtime": new["runtime"], "KeyValueStoreAssociations": listed}
    )


def _tag(cloudfront: Any, identity: str) -> str:
    return str(cloudfront.describe_function(Name=identity, Stage="DEVELOPMENT")["ETag"])


def _live_tag(cloudfront: Any, identity: str) -> str:
    try:
        return str(cloudfront.describe_function(Name=identity, Stage="LIVE")["ETag"])
    except cloudfront.exceptions.NoSuchFunctionExists:
        return ""
