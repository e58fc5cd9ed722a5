from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _acl


class NetworkAclAssociation(Binding):
    """Which network ACL stands before a subnet."""

    token = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
    service = "ec2"
    replaces = frozenset({"networkAclId", "subnetId"})
    references = (Reference("networkAclId", "network_acl"), Reference("subnetId", "subnet"))

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        acl = _acl.describe(ctx, new["networkAclId"])
        subnet = ctx.client("ec2").describe_subnets(SubnetIds=[new["subnetId"]])["Subnets"][0]
        if subnet["VpcId"] != acl["VpcId"]:
            yield Refusal(
                "InvalidParameterValue",
                f"networkAcl {new['networkAclId']} and subnet {new['subnetId']} belong to different networks",
                "subnetId",
            )

    def create(self, ctx: Context, new: Props) -> str:
        return _acl.associate(ctx, new["networkAclId"], new["subnetId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        wanted = [{"Name": "association.association-id", "Values": [identity]}]
        found: list[dict[str, Any]] = ctx.client("ec2").describe_network_acls(Filters=wanted)["NetworkAcls"]
        if not found:
            return None
        mine = next(item for item in found[0]["Associations"] if item["NetworkAclAssociationId"] == identity)
        return {"networkAclId": found[0]["NetworkAclId"], "subnetId": mine["SubnetId"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        found = _acl.describe(ctx, old["networkAclId"])
        if old["subnetId"] in _acl.subnets(found):
            _acl.associate(ctx, _acl.default_of(ctx, found["VpcId"]), old["subnetId"])
