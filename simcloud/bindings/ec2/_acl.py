"""Network ACLs: their entries, and which subnets they stand before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

from ._cidr import cidr_problems

# AWS's own last entry, which denies what no other took.
LAST = 32767
_NUMBERS = {"all": "-1", "tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58"}
_WITH_PORTS, _WITH_TYPE = ("6", "17"), ("1", "58")


def number(protocol: Any) -> str:
    """A protocol by the number that AWS answers with."""
    return _NUMBERS.get(str(protocol).lower(), str(protocol))


def describe(ctx: Context, identity: str) -> dict[str, Any]:
    """The ACL as AWS has it."""
    found: dict[str, Any] = ctx.client("ec2").describe_network_acls(NetworkAclIds=[identity])["NetworkAcls"][
        0
    ]
    return found


def entry(acl: str, rule: Props, *, egress: bool) -> Params:
    """A rule in the provider's inline words as API parameters."""
    protocol = number(rule["protocol"])
    parameters: Params = {
        "NetworkAclId": acl,
        "RuleNumber": int(rule["ruleNo"]),
        "Protocol": protocol,
        "RuleAction": str(rule["action"]).lower(),
        "Egress": egress,
        "CidrBlock": rule.get("cidrBlock") or None,
        "Ipv6CidrBlock": rule.get("ipv6CidrBlock") or None,
    }
    if protocol in _WITH_PORTS:
        parameters["PortRange"] = {"From": int(rule.get("fromPort") or 0), "To": int(rule.get("toPort") or 0)}
    if protocol in _WITH_TYPE:
        parameters["IcmpTypeCode"] = {
            "Type": int(rule.get("icmpType") or 0),
            "Code": int(rule.get("icmpCode") or 0),
        }
    return without_none(parameters)


def rule(found: Mapping[str, Any]) -> Props:
    """An API entry in the provider's inline words."""
    ports, kind = found.get("PortRange") or {}, found.get("IcmpTypeCode") or {}
    return {
        "ruleNo": found["RuleNumber"],
        "action": found["RuleAction"],
        "protocol": found["Protocol"],
        "cidrBlock": found.get("CidrBlock") or "",
        "ipv6CidrBlock": found.get("Ipv6CidrBlock") or "",
        "fromPort": ports.get("From") or 0,
        "toPort": ports.get("To") or 0,
        "icmpType": kind.get("Type") or 0,
        "icmpCode": kind.get("Code") or 0,
    }


def rules(found: Mapping[str, Any], given: Sequence[Mapping[str, Any]], *, egress: bool) -> list[Props]:
    """The entries of one direction in the words of `given`: AWS answers protocols by number."""
    spelled = {_same_as(item): item for item in given}
    entries = [
        rule(item) for item in found["Entries"] if item["Egress"] is egress and item["RuleNumber"] < LAST
    ]
    return [dict(spelled.get(_same_as(item), item)) for item in entries]


def sync(ctx: Context, identity: str, wanted: Sequence[Props], *, egress: bool) -> None:
    """Make the entries of one direction be `wanted`."""
    ec2 = ctx.client("ec2")
    found = {item["ruleNo"]: item for item in rules(describe(ctx, identity), (), egress=egress)}
    new = {int(item["ruleNo"]): item for item in wanted}
    for position in found.keys() - new.keys():
        ec2.delete_network_acl_entry(NetworkAclId=identity, RuleNumber=position, Egress=egress)
    for position, item in new.items():
        if position not in found:
            ec2.create_network_acl_entry(**entry(identity, item, egress=egress))
        elif _same_as(found[position]) != _same_as(item):
            ec2.replace_network_acl_entry(**entry(identity, item, egress=egress))


def subnets(found: Mapping[str, Any]) -> list[str]:
    """The subnets that an ACL stands before."""
    return sorted(association["SubnetId"] for association in found.get("Associations", ()))


def associate(ctx: Context, identity: str, subnet: str) -> str:
    """Put the ACL before a subnet in place of the one that is there."""
    ec2 = ctx.client("ec2")
    current = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])[
        "NetworkAcls"
    ][0]
    if current["NetworkAclId"] == identity:
        return association_of(current, subnet)
    answer = ec2.replace_network_acl_association(
        AssociationId=association_of(current, subnet), NetworkAclId=identity
    )
    return str(answer["NewAssociationId"])


def association_of(found: Mapping[str, Any], subnet: str) -> str:
    """The id of the association of an ACL with a subnet."""
    return next(
        str(association["NetworkAclAssociationId"])
        for association in found["Associations"]
        if association["SubnetId"] == subnet
    )


def default_of(ctx: Context, vpc_id: str) -> str:
    """The default ACL of a VPC."""
    wanted = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "default", "Values": ["true"]}]
    return str(ctx.client("ec2").describe_network_acls(Filters=wanted)["NetworkAcls"][0]["NetworkAclId"])


def list_problems(items: Any, path: str) -> Iterator[Refusal]:
    """What is wrong with the inline rules of one direction."""
    numbers: list[Any] = []
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, Mapping):
            continue
        yield from problems(item, f"{path}[{position}]")
        if item.get("ruleNo") in numbers:
            yield Refusal(
                "NetworkAclEntryAlreadyExists",
                f"EntryAlreadyExists: rule number {item.get('ruleNo')} is there twice.",
                f"{path}[{position}].ruleNo",
            )
        numbers.append(item.get("ruleNo"))


def problems(item: Mapping[str, Any], path: str = "", number_name: str = "ruleNo") -> Iterator[Refusal]:
    """What is wrong with one rule."""
    prefix = f"{path}." if path else ""
    position = item.get(number_name)
    # AWS: API reference of CreateNetworkAclEntry (botocore 1.44.5), read 2026-11: 1 to 32766
    if is_known(position) and position is not None and not 1 <= int(position) < LAST:
        yield Refusal(
            "InvalidParameterValue",
            f"Invalid value for network ACL rule number: {position}. It must be 1 to 32766.",
            f"{prefix}{number_name}",
        )
    action_name = "ruleAction" if number_name == "ruleNumber" else "action"
    action = item.get(action_name)
    if isinstance(action, str) and action.lower() not in ("allow", "deny"):
        yield Refusal(
            "InvalidParameterValue", f"value {action!r} is not one of: allow, deny", f"{prefix}{action_name}"
        )
    yield from cidr_problems(item.get("cidrBlock") or None, f"{prefix}cidrBlock")
    yield from cidr_problems(item.get("ipv6CidrBlock") or None, f"{prefix}ipv6CidrBlock", 6)
    if bool(item.get("cidrBlock")) == bool(item.get("ipv6CidrBlock")):
        yield Refusal("InvalidParameterValue", "exactly one of cidrBlock and ipv6CidrBlock is needed.", path)
    yield from _port_problems(item, path)


def _port_problems(item: Mapping[str, Any], path: str) -> Iterator[Refusal]:
    protocol, start, end = item.get("protocol"), item.get("fromPort"), item.get("toPort")
    prefix = f"{path}." if path else ""
    if not is_known([protocol, start, end]):
        return
    if not number(protocol).lstrip("-").isdigit():
        yield Refusal(
            "InvalidParameterValue", f"Invalid value '{protocol}' for protocol.", f"{prefix}protocol"
        )
    elif number(protocol) in _WITH_PORTS and (start is None or end is None):
        yield Refusal(
            "InvalidParameterValue", "TCP and UDP rules need fromPort and toPort.", f"{prefix}fromPort"
        )
    elif number(protocol) in _WITH_TYPE and (item.get("icmpType") is None or item.get("icmpCode") is None):
        # AWS: API reference of CreateNetworkAclEntry (botocore 1.44.5), read 2026-11: required for ICMP
        yield Refusal(
            "MissingParameter", "rules for ICMP need icmpType and icmpCode (-1 for all).", f"{prefix}icmpType"
        )
    elif number(protocol) == "-1" and (start or end):
        yield Refusal(
            "InvalidParameterValue", "to_port and from_port must be 0 for all protocols.", f"{prefix}fromPort"
        )
    elif start is not None and end is not None and not 0 <= int(start) <= int(end) <= 65535:
        yield Refusal("InvalidParameterValue", f"Invalid port range ({start}:{end}).", f"{prefix}fromPort")


def _same_as(item: Mapping[str, Any]) -> Any:
    return {**rule(_plain(item)), "protocol": number(item["protocol"])}.__repr__()


def _plain(item: Mapping[str, Any]) -> Params:
    return {**entry("", dict(item), egress=False)}
