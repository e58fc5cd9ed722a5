from __future__ import annotations

from collections.abc import Iterator

from simcloud import tagging
from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _acl


class DefaultNetworkAcl(Binding):
    """The default network ACL of a VPC, taken over; deleting only lets go of it."""

    token = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
    service = "ec2"
    replaces = frozenset({"defaultNetworkAclId"})
    tagging = tagging.EC2
    references = (Reference("defaultNetworkAclId", "network_acl"), Reference("subnetIds[]", "subnet"))

    def create(self, ctx: Context, new: Props) -> str:
        identity = str(new["defaultNetworkAclId"])
        if not _acl.describe(ctx, identity)["IsDefault"]:
            raise Refusal(
                "InvalidParameterValue", f"{identity} is not a default network ACL.", "defaultNetworkAclId"
            )
        return identity

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        for name, egress in (("ingress", False), ("egress", True)):
            _acl.sync(ctx, identity, new.get(name) or (), egress=egress)
        for subnet in new.get("subnetIds") or ():
            _acl.associate(ctx, identity, subnet)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _acl.describe(ctx, identity)
        return {
            "arn": ctx.arn("ec2", f"network-acl/{identity}"),
            "defaultNetworkAclId": identity,
            "egress": _acl.rules(found, given.get("egress") or (), egress=True),
            "ingress": _acl.rules(found, given.get("ingress") or (), egress=False),
            "ownerId": found["OwnerId"],
            "subnetIds": _acl.subnets(found),
            "vpcId": found["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: AWS deletes the ACL with its VPC only."""

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name in ("ingress", "egress"):
            yield from _acl.list_problems(new.get(name), name)
