from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _acl


class NetworkAcl(Binding):
    """A network ACL, with its rules and the subnets that it stands before."""

    token = "aws:ec2/networkAcl:NetworkAcl"
    service = "ec2"
    operation = "create_network_acl"
    replaces = frozenset({"vpcId"})
    tagging = tagging.EC2
    references = (Reference("vpcId", "vpc"), Reference("subnetIds[]", "subnet"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {"VpcId": new["vpcId"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["NetworkAcl"]["NetworkAclId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        for name, egress in (("ingress", False), ("egress", True)):
            if name in new or name in old:
                _acl.sync(ctx, identity, new.get(name) or (), egress=egress)
        if "subnetIds" in new or "subnetIds" in old:
            current, wanted = set(_acl.subnets(_acl.describe(ctx, identity))), set(new.get("subnetIds") or ())
            _release(ctx, identity, current - wanted)
            for subnet in sorted(wanted - current):
                _acl.associate(ctx, identity, subnet)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _acl.describe(ctx, identity)
        return {
            "arn": ctx.arn("ec2", f"network-acl/{identity}"),
            "egress": _acl.rules(found, given.get("egress") or (), egress=True),
            "ingress": _acl.rules(found, given.get("ingress") or (), egress=False),
            "ownerId": found["OwnerId"],
            "subnetIds": _acl.subnets(found),
            "vpcId": found["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        _release(ctx, identity, set(_acl.subnets(_acl.describe(ctx, identity))))
        ctx.client("ec2").delete_network_acl(NetworkAclId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name in ("ingress", "egress"):
            yield from _acl.list_problems(new.get(name), name)


def _release(ctx: Context, identity: str, subnets: set[str]) -> None:
    """Give subnets back to the VPC's default ACL, as the provider does before it deletes."""
    if subnets:
        default = _acl.default_of(ctx, _acl.describe(ctx, identity)["VpcId"])
        for subnet in sorted(subnets):
            _acl.associate(ctx, default, subnet)
