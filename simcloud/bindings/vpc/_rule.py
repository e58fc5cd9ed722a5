"""What ingress and egress rules have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.ec2 import _inline_rules
from simcloud.bindings.ec2._cidr import canonical, cidr_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, without_none

_SOURCES = {
    "cidrIpv4": ("IpRanges", "CidrIp"),
    "cidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
    "prefixListId": ("PrefixListIds", "PrefixListId"),
    "referencedSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
}


class SecurityGroupVpcRule(Binding):
    """One rule of a security group, as AWS has it."""

    service = "ec2"
    replaces = frozenset({"securityGroupId"})
    tagging = tagging.EC2
    faults = {"RulesPerSecurityGroupLimitExceeded": "securityGroupId"}
    references = (
        Reference("securityGroupId", "security_group"),
        Reference("referencedSecurityGroupId", "security_group"),
        Reference("prefixListId", "prefix_list"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        permission = {
            "IpProtocol": _protocol(new),
            "FromPort": _port(new, "fromPort"),
            "ToPort": _port(new, "toPort"),
        }
        for name, (member, key) in _SOURCES.items():
            if new.get(name) is not None:
                permission[member] = [
                    without_none({key: new[name], "Description": new.get("description") or None})
                ]
        return {"GroupId": new["securityGroupId"], "IpPermissions": [without_none(permission)]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["SecurityGroupRules"][0]["SecurityGroupRuleId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and any(new.get(name) != old.get(name) for name in _MUTABLE):
            rule = {"SecurityGroupRuleId": identity, "SecurityGroupRule": _rule(new)}
            ctx.client("ec2").modify_security_group_rules(
                GroupId=new["securityGroupId"], SecurityGroupRules=[rule]
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_security_group_rules(SecurityGroupRuleIds=[identity])
        rule = found["SecurityGroupRules"][0]
        every = rule["IpProtocol"] == _inline_rules.EVERY
        return {
            "arn": ctx.arn("ec2", f"security-group-rule/{identity}"),
            "cidrIpv4": rule.get("CidrIpv4"),
            "cidrIpv6": _same_range(given.get("cidrIpv6"), rule.get("CidrIpv6")),
            "description": rule.get("Description") or None,
            "fromPort": None if every else rule["FromPort"],
            "ipProtocol": _same_protocol(given.get("ipProtocol"), rule["IpProtocol"]),
            "prefixListId": rule.get("PrefixListId"),
            "referencedSecurityGroupId": rule.get("ReferencedGroupInfo", {}).get("GroupId"),
            "securityGroupId": rule["GroupId"],
            "securityGroupRuleId": identity,
            "toPort": None if every else rule["ToPort"],
        }

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        peer = new.get("referencedSecurityGroupId")
        if isinstance(peer, str):
            ids = {str(new["securityGroupId"]), peer.rsplit("/", 1)[-1]}
            found = ctx.client("ec2").describe_security_groups(GroupIds=sorted(ids))["SecurityGroups"]
            yield from _apart(ctx, peer, {group["VpcId"] for group in found})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        given = [name for name in _SOURCES if new.get(name) is not None]
        if len(given) != 1:
            yield Refusal(
                "InvalidParameterCombination",
                f"exactly one of {', '.join(_SOURCES)} is needed.",
                given[1] if given else "",
            )
        yield from cidr_problems(new.get("cidrIpv4"), "cidrIpv4")
        yield from cidr_problems(new.get("cidrIpv6"), "cidrIpv6", 6)
        yield from _inline_rules.protocol_problems(new.get("ipProtocol"), "ipProtocol")
        yield from _inline_rules.port_problems(new.get("ipProtocol"), new.get("fromPort"), new.get("toPort"))
        yield from _inline_rules.description_problems(new.get("description"), "description")
        if _protocol(new) == _inline_rules.EVERY and (new.get("fromPort") or new.get("toPort")):
            yield Refusal(
                "InvalidParameterCombination",
                "all protocols (-1) go with all ports: none can be given.",
                "fromPort",
            )


def _apart(ctx: Context, peer: str, vpcs: set[str]) -> Iterator[Refusal]:
    """AWS: a rule may name groups of its own VPC and of VPCs that are peered with it."""
    if len(vpcs) < 2:
        return
    peered = ctx.client("ec2").describe_vpc_peering_connections()["VpcPeeringConnections"]
    pairs = [{found["RequesterVpcInfo"]["VpcId"], found["AccepterVpcInfo"]["VpcId"]} for found in peered]
    if vpcs not in pairs:
        text = f"You have specified two resources that belong to different networks: {peer}."
        yield Refusal("InvalidGroup.NotFound", text, "referencedSecurityGroupId")


_MUTABLE = (*_SOURCES, "description", "fromPort", "ipProtocol", "toPort")


def _protocol(new: Props) -> Any:
    given = new.get("ipProtocol")
    return given if given is UNKNOWN else _inline_rules.spelled(given)


def _port(new: Props, name: str) -> Any:
    return None if _protocol(new) == _inline_rules.EVERY else new.get(name)


def _rule(new: Props) -> Params:
    return without_none(
        {
            "IpProtocol": _protocol(new),
            "FromPort": _port(new, "fromPort"),
            "ToPort": _port(new, "toPort"),
            "CidrIpv4": new.get("cidrIpv4"),
            "CidrIpv6": new.get("cidrIpv6"),
            "PrefixListId": new.get("prefixListId"),
            "ReferencedGroupId": new.get("referencedSecurityGroupId"),
            "Description": new.get("description"),
        }
    )


def _same_protocol(given: Any, found: str) -> str:
    return (
        str(given)
        if given is not None and _inline_rules.spelled(given) == _inline_rules.spelled(found)
        else found
    )


def _same_range(given: Any, found: str | None) -> str | None:
    return str(given) if given and found and canonical(str(given)) == canonical(found) else found
