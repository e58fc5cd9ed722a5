from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Alias(Binding):
    """A name for a key: `alias/…`."""

    token = "aws:kms/alias:Alias"
    service = "kms"
    faults = {"AlreadyExistsException": "name"}
    operation = "create_alias"
    parameters = {"AliasName": "name"}
    replaces = frozenset({"name", "namePrefix"})
    autoname = AutoName(limit=256, start="alias/")
    references = (Reference("targetKeyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"AliasName": new["name"], "TargetKeyId": new["targetKeyId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("kms").update_alias(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        kms = ctx.client("kms")
        alias = next((item for item in kms.list_aliases()["Aliases"] if item["AliasName"] == identity), None)
        if alias is None or "TargetKeyId" not in alias:
            return None
        key = kms.describe_key(KeyId=alias["TargetKeyId"])["KeyMetadata"]
        same = given.get("targetKeyId") in (key["Arn"], key["KeyId"])
        return {
            "arn": alias["AliasArn"],
            "name": identity,
            "namePrefix": given.get("namePrefix", ""),
            "targetKeyId": given["targetKeyId"] if same else key["KeyId"],
            "targetKeyArn": key["Arn"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("kms").delete_alias(AliasName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["name"]
        if isinstance(name, str) and not name.startswith("alias/"):
            yield Refusal("ValidationException", f"the name {name!r} must begin with alias/.", "name")
        if name == "alias/":
            yield Refusal("ValidationException", "the alias has no name after alias/.", "name")
        if isinstance(name, str) and name.startswith("alias/aws/"):
            yield Refusal("NotAuthorizedException", "names below alias/aws/ are for AWS's own keys.", "name")
