from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _inline_rules


class DefaultSecurityGroup(Binding):
    """The default security group of a VPC, taken over and emptied; deleting only lets go of it."""

    token = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
    service = "ec2"
    replaces = frozenset({"vpcId"})
    defaults = {"revokeRulesOnDelete": False}
    tagging = tagging.EC2
    references = (
        Reference("vpcId", "vpc"),
        Reference("ingress[].securityGroups[]", "security_group"),
        Reference("egress[].securityGroups[]", "security_group"),
    )

    def create(self, ctx: Context, new: Props) -> str:
        return _group_of(ctx, new.get("vpcId") or _default_vpc(ctx))

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        for name, egress in (("ingress", False), ("egress", True)):
            if name in new or not old:
                wanted = _inline_rules.atoms(new.get(name) or (), identity)
                _inline_rules.sync(ctx, identity, wanted, egress=egress)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_security_groups(GroupIds=[identity])["SecurityGroups"][0]
        rules = {
            name: _inline_rules.blocks(
                _inline_rules.current(ctx, identity, egress=name == "egress"), given.get(name) or (), identity
            )
            for name in ("ingress", "egress")
        }
        return {
            "arn": ctx.arn("ec2", f"security-group/{identity}"),
            "description": found["Description"],
            "name": found["GroupName"],
            "namePrefix": "",
            "ownerId": found["OwnerId"],
            "vpcId": found["VpcId"],
            **rules,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: AWS deletes the group with its VPC only."""

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for name in ("ingress", "egress"):
            yield from _inline_rules.block_problems(new.get(name), name)


def _default_vpc(ctx: Context) -> Any:
    return ctx.client("ec2").describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0][
        "VpcId"
    ]


def _group_of(ctx: Context, vpc_id: str) -> str:
    wanted = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "group-name", "Values": ["default"]}]
    found = ctx.client("ec2").describe_security_groups(Filters=wanted)["SecurityGroups"]
    return str(found[0]["GroupId"])
