"""What the three kinds of namespace have in common."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.servicediscovery._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: CreatePrivateDnsNamespace, Cloud Map API Reference: `Name`; from memory, not verified.
_DOMAIN = re.compile(
    r"(?!.{254})[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*", re.IGNORECASE
)


class Namespace(Binding):
    """A namespace: the part of a name that its services share."""

    service = "servicediscovery"
    parameters = {"Name": "name", "Description": "description", "Vpc": "vpc"}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=1024)
    tagging = TAGS
    update: str
    """The call that changes the description."""

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({"Name": new["name"], "Description": new.get("description")})

    def create(self, ctx: Context, new: Props) -> str:
        call = getattr(ctx.client(self.service), self.operation)
        response = call(**self.request(ctx, new), CreatorRequestId=uuid.uuid4().hex)
        return self.identify(ctx, response, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        operation = ctx.client(self.service).get_operation(OperationId=response["OperationId"])["Operation"]
        return str(operation["Targets"]["NAMESPACE"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new.get("description") != old.get("description"):
            change = getattr(ctx.client(self.service), self.update)
            change(Id=identity, Namespace={"Description": new.get("description", "")})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = self._found(ctx, identity)
        return {"arn": found["Arn"], "name": found["Name"], "description": found.get("Description") or None}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client(self.service).delete_namespace(Id=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["name"]
        if self.update != "update_http_namespace" and isinstance(name, str) and not _DOMAIN.fullmatch(name):
            yield Refusal("InvalidInput", f"{name!r} is not a domain name.", "name")

    def _found(self, ctx: Context, identity: str) -> dict[str, Any]:
        found: dict[str, Any] = ctx.client(self.service).get_namespace(Id=identity)["Namespace"]
        return found

    def _zone(self, ctx: Context, identity: str) -> str:
        return str(self._found(ctx, identity)["Properties"]["DnsProperties"]["HostedZoneId"])
