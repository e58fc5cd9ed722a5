from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _inline_rules


class SecurityGroup(Binding):
    """A security group, with the rules that are written into it or made beside it."""

    token = "aws:ec2/securityGroup:SecurityGroup"
    service = "ec2"
    operation = "create_security_group"
    parameters = {"GroupName": "name"}
    faults = {"InvalidGroup.Duplicate": "name", "RulesPerSecurityGroupLimitExceeded": "ingress"}
    replaces = frozenset({"description", "name", "namePrefix", "vpcId"})
    defaults = {"description": "Managed by Pulumi", "revokeRulesOnDelete": False}
    autoname = AutoName(limit=255)
    tagging = tagging.EC2
    references = (
        Reference("vpcId", "vpc"),
        Reference("ingress[].securityGroups[]", "security_group"),
        Reference("egress[].securityGroups[]", "security_group"),
        Reference("ingress[].prefixListIds[]", "prefix_list"),
        Reference("egress[].prefixListIds[]", "prefix_list"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "GroupName": new["name"],
                "Description": new["description"],
                "VpcId": new.get("vpcId"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["GroupId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        for name, egress in (("ingress", False), ("egress", True)):
            # AWS lets a new group reach everything; the provider takes that back.
            if name in new or (egress and not old):
                wanted = _inline_rules.atoms(new.get(name) or (), identity)
                _inline_rules.sync(ctx, identity, wanted, egress=egress)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_security_groups(GroupIds=[identity])["SecurityGroups"][0]
        return {
            "arn": ctx.arn("ec2", f"security-group/{identity}"),
            "description": found["Description"],
            "egress": _read(ctx, identity, given, "egress"),
            "ingress": _read(ctx, identity, given, "ingress"),
            "name": found["GroupName"],
            "namePrefix": given.get("namePrefix") or "",
            "ownerId": found["OwnerId"],
            "vpcId": found["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if old.get("revokeRulesOnDelete"):
            for egress in (False, True):
                _inline_rules.sync(ctx, identity, set(), egress=egress)
        ctx.client("ec2").delete_security_group(GroupId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _name_problems(new.get("name"))
        yield from _inline_rules.description_problems(new.get("description"), "description")
        if new.get("description") == "":
            yield Refusal("InvalidParameterValue", 'the description cannot be "".', "description")
        for name in ("ingress", "egress"):
            yield from _inline_rules.block_problems(new.get(name), name)


def _name_problems(name: Any) -> Iterator[Refusal]:
    # AWS: API reference of CreateSecurityGroup (botocore 1.44.5), read 2026-11: at most 255 characters, not sg-…
    if name == "default":
        yield Refusal("InvalidParameterValue", "Cannot use reserved security group name: default", "name")
    if name == "":
        yield Refusal("InvalidParameterValue", "the name cannot be empty.", "name")
    if isinstance(name, str) and name.startswith("sg-"):
        yield Refusal("InvalidParameterValue", f"Group name '{name}' must not begin with sg-.", "name")
    if isinstance(name, str) and not _inline_rules.is_plain(name):
        yield Refusal(
            "InvalidParameterValue",
            f"Invalid security group name '{name}'. Valid characters: a-z, A-Z, 0-9, spaces, and "
            "._-:/()#,@[]+=&;{}!$*",
            "name",
        )
    if isinstance(name, str) and len(name) > 255:
        yield Refusal(
            "InvalidParameterValue", f"Group name has {len(name)} characters, at most 255 allowed.", "name"
        )


def _read(ctx: Context, identity: str, given: Props, name: str) -> list[Props]:
    found = _inline_rules.current(ctx, identity, egress=name == "egress")
    return _inline_rules.blocks(found, given.get(name) or (), identity)
