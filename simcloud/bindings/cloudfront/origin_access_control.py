from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings._checks import written
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = {
    "name": "Name",
    "description": "Description",
    "originAccessControlOriginType": "OriginAccessControlOriginType",
    "signingBehavior": "SigningBehavior",
    "signingProtocol": "SigningProtocol",
}


class OriginAccessControl(Binding):
    """How CloudFront signs what it asks of an origin such as a bucket."""

    token = "aws:cloudfront/originAccessControl:OriginAccessControl"
    service = "cloudfront"
    faults = {"OriginAccessControlAlreadyExists": "name"}
    operation = "create_origin_access_control"
    parameters = {f"OriginAccessControlConfig.{api}": name for name, api in _NAMES.items()}
    # What the bridge and the provider fill in.
    defaults = {"description": "Managed by Pulumi"}
    replaces = frozenset({"originAccessControlOriginType"})
    autoname = AutoName(limit=64)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        given = {api: new[name] for name, api in _NAMES.items() if new.get(name) is not None}
        return {"OriginAccessControlConfig": given}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return written(new, "name", r".{1,64}", "1 to 64 characters", "InvalidArgument")

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["OriginAccessControl"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            cloudfront = ctx.client("cloudfront")
            tag = cloudfront.get_origin_access_control(Id=identity)["ETag"]
            cloudfront.update_origin_access_control(Id=identity, IfMatch=tag, **self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("cloudfront").get_origin_access_control(Id=identity)
        config = found["OriginAccessControl"]["OriginAccessControlConfig"]
        return {
            **{name: config.get(api, "") for name, api in _NAMES.items()},
            "arn": ctx.arn("cloudfront", f"origin-access-control/{identity}", regional=False),
            "etag": found["ETag"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        cloudfront = ctx.client("cloudfront")
        tag = cloudfront.get_origin_access_control(Id=identity)["ETag"]
        cloudfront.delete_origin_access_control(Id=identity, IfMatch=tag)
