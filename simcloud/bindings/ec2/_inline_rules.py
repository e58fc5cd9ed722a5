"""Rules written inside a security group: one block may stand for many of AWS's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

from ._cidr import canonical, cidr_problems

EVERY = "-1"
_PROTOCOLS = {"all": EVERY, "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_SOURCES = {
    "cidrBlocks": "cidr",
    "ipv6CidrBlocks": "cidr6",
    "prefixListIds": "list",
    "securityGroups": "group",
}
_MEMBERS = {
    "cidr": ("IpRanges", "CidrIp"),
    "cidr6": ("Ipv6Ranges", "CidrIpv6"),
    "list": ("PrefixListIds", "PrefixListId"),
    "group": ("UserIdGroupPairs", "GroupId"),
}


@dataclass(frozen=True)
class Atom:
    """One rule as AWS has it: one source, one range of ports."""

    protocol: str
    start: int | None
    end: int | None
    kind: str
    source: str
    description: str = ""

    def permission(self) -> Params:
        """The parameter that authorizes or revokes it."""
        member, key = _MEMBERS[self.kind]
        text = {"Description": self.description} if self.description else {}
        ports = {} if self.protocol == EVERY else {"FromPort": self.start, "ToPort": self.end}
        return {"IpProtocol": self.protocol, **ports, member: [{key: self.source, **text}]}


def atoms(blocks: Iterable[Mapping[str, Any]], group: str) -> set[Atom]:
    """The rules that the blocks of `group` stand for."""
    return {atom for block in blocks for atom in _of_block(block, group)}


def current(ctx: Context, group: str, *, egress: bool) -> list[Atom]:
    """The rules of one direction that AWS has."""
    rules = ctx.client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    return [of_rule(rule) for rule in rules["SecurityGroupRules"] if rule["IsEgress"] is egress]


def sync(ctx: Context, group: str, wanted: set[Atom], *, egress: bool) -> None:
    """Make the rules of one direction be `wanted`, revoking first."""
    found, word = set(current(ctx, group, egress=egress)), "egress" if egress else "ingress"
    ec2 = ctx.client("ec2")
    for verb, some in (("revoke", found - wanted), ("authorize", wanted - found)):
        permissions = [atom.permission() for atom in sorted(some, key=str)]
        if permissions:
            getattr(ec2, f"{verb}_security_group_{word}")(GroupId=group, IpPermissions=permissions)


def blocks(found: Sequence[Atom], given: Sequence[Mapping[str, Any]], group: str) -> list[Props]:
    """What AWS has, in the blocks of `given` as far as they fit."""
    rest = list(dict.fromkeys(found))
    kept = []
    for block in given:
        mine = _of_block(block, group)
        if mine and all(atom in rest for atom in mine):
            rest = [atom for atom in rest if atom not in mine]
            kept.append(dict(block))
    return kept + _gathered(rest, group)


def port_problems(protocol: Any, start: Any, end: Any, path: str = "") -> Iterator[Refusal]:
    """What is wrong with the ports of one rule."""
    prefix = f"{path}." if path else ""
    if is_known([protocol, start, end]) and spelled(protocol) in ("icmp", "icmpv6"):
        yield from _icmp_problems(start, end, prefix)
    if not is_known([protocol, start, end]) or spelled(protocol) not in ("tcp", "udp"):
        return
    if start is None or end is None:
        yield Refusal(
            "InvalidParameterValue",
            "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.",
            f"{prefix}{'fromPort' if start is None else 'toPort'}",
        )
        return
    for name, port in (("fromPort", start), ("toPort", end)):
        if not 0 <= int(port) <= 65535:
            yield Refusal(
                "InvalidParameterValue",
                f"Invalid value for port: {port}. It must be 0 to 65535.",
                f"{prefix}{name}",
            )
    if int(start) > int(end):
        yield Refusal(
            "InvalidParameterValue",
            f"Invalid TCP/UDP port range ({start}:{end}): from is above to.",
            f"{prefix}fromPort",
        )


def _icmp_problems(kind: Any, code: Any, prefix: str) -> Iterator[Refusal]:
    # AWS: API reference of IpPermission (botocore 1.44.5), read 2026-11: type and code, -1 for all
    for name, word, value in (("fromPort", "type", kind), ("toPort", "code", code)):
        if value is None:
            text = f"ICMP rules need a {word}; -1 means all."
            yield Refusal("InvalidParameterValue", text, f"{prefix}{name}")
        elif not -1 <= int(value) <= 255:
            text = f"ICMP {word} ({value}) out of range: -1 to 255."
            yield Refusal("InvalidParameterValue", text, f"{prefix}{name}")


def is_plain(text: str) -> bool:
    """Whether a name or description of groups and rules has only characters that EC2 takes."""
    # AWS: API reference of CreateSecurityGroup and IpRange (botocore 1.44.5), read 2026-11
    return all(
        (letter.isascii() and letter.isalnum()) or letter in " ._-:/()#,@[]+=&;{}!$*" for letter in text
    )


def description_problems(text: Any, path: str) -> Iterator[Refusal]:
    """What is wrong with the description of a rule or group."""
    if isinstance(text, str) and (len(text) > 255 or not is_plain(text)):
        yield Refusal(
            "InvalidParameterValue",
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the "
            "following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
            path,
        )


def block_problems(items: Any, path: str) -> Iterator[Refusal]:
    """What is wrong with the blocks of one direction."""
    seen: set[tuple[Any, ...]] = set()
    for position, block in enumerate(items if isinstance(items, list) else ()):
        if isinstance(block, Mapping):
            yield from _block_problems(block, f"{path}[{position}]")
            yield from _twice(block, seen, f"{path}[{position}]")


def spelled(protocol: Any) -> str:
    """A protocol by the name that AWS answers with."""
    return _PROTOCOLS.get(str(protocol).lower(), str(protocol).lower())


def _block_problems(block: Mapping[str, Any], at: str) -> Iterator[Refusal]:
    protocol, start, end = block.get("protocol"), block.get("fromPort"), block.get("toPort")
    yield from protocol_problems(protocol, f"{at}.protocol")
    yield from port_problems(protocol, start, end, at)
    yield from description_problems(block.get("description"), f"{at}.description")
    if is_known([protocol, start, end]) and spelled(protocol) == EVERY and (start or end):
        yield Refusal(
            "InvalidParameterValue",
            f"from_port ({start}) and to_port ({end}) must both be 0 to use the 'ALL' \"-1\" protocol!",
            f"{at}.fromPort",
        )
    for name, version in (("cidrBlocks", 4), ("ipv6CidrBlocks", 6)):
        for number, cidr in enumerate(block.get(name) or ()):
            yield from cidr_problems(cidr, f"{at}.{name}[{number}]", version)
    if is_known(dict(block)) and not any(block.get(name) for name in (*_SOURCES, "self")):
        yield Refusal("MissingParameter", "the rule names no source or destination.", at)


def _twice(block: Mapping[str, Any], seen: set[tuple[Any, ...]], at: str) -> Iterator[Refusal]:
    """Sources that another block with the same ports has, or the same block: AWS takes each rule once."""
    ports = (spelled(block.get("protocol")), str(block.get("fromPort")), str(block.get("toPort")))
    for name in _SOURCES:
        for number, source in enumerate(block.get(name) or ()):
            key = (*ports, canonical(source)) if isinstance(source, str) else ()
            if key and is_known(list(key)) and key in seen:
                text = f"The same permission must not appear multiple times: {source}."
                yield Refusal("InvalidParameterValue", text, f"{at}.{name}[{number}]")
            seen.add(key)


def protocol_problems(protocol: Any, path: str) -> Iterator[Refusal]:
    """What is wrong with the name or number of a protocol."""
    named = ("tcp", "udp", "icmp", "icmpv6", EVERY)
    if not isinstance(protocol, str) or spelled(protocol) in named:
        return
    if not protocol.isdigit() or int(protocol) > 255:
        yield Refusal("InvalidParameterValue", f"Invalid value '{protocol}' for IP protocol.", path)


def _of_block(block: Mapping[str, Any], group: str) -> list[Atom]:
    protocol = spelled(block["protocol"])
    every = protocol == EVERY
    start, end = (None, None) if every else (int(block["fromPort"]), int(block["toPort"]))
    text = block.get("description") or ""
    sources = [
        (kind, canonical(source)) for name, kind in _SOURCES.items() for source in block.get(name) or ()
    ]
    sources += [("group", group)] if block.get("self") else []
    return [Atom(protocol, start, end, kind, source, text) for kind, source in sources]


def of_rule(rule: Mapping[str, Any]) -> Atom:
    """A rule as AWS answers it."""
    protocol = spelled(rule["IpProtocol"])
    every = protocol == EVERY
    kind, source = _source_of(rule)
    start, end = (None, None) if every else (int(rule["FromPort"]), int(rule["ToPort"]))
    return Atom(protocol, start, end, kind, source, rule.get("Description") or "")


def _source_of(rule: Mapping[str, Any]) -> tuple[str, str]:
    if rule.get("CidrIpv4"):
        return "cidr", rule["CidrIpv4"]
    if rule.get("CidrIpv6"):
        return "cidr6", canonical(rule["CidrIpv6"])
    if rule.get("PrefixListId"):
        return "list", rule["PrefixListId"]
    return "group", rule["ReferencedGroupInfo"]["GroupId"]


def _gathered(rest: Sequence[Atom], group: str) -> list[Props]:
    """Rules of the same ports and description as one block, which is how the provider reads them."""
    gathered: dict[tuple[Any, ...], Props] = {}
    for atom in rest:
        key = (atom.protocol, atom.start, atom.end, atom.description)
        block = gathered.setdefault(key, _empty_block(atom))
        if atom.kind == "group" and atom.source == group:
            block["self"] = True
        else:
            name = next(name for name, kind in _SOURCES.items() if kind == atom.kind)
            block[name].append(atom.source)
    return list(gathered.values())


def _empty_block(atom: Atom) -> Props:
    return {
        "protocol": atom.protocol,
        "fromPort": atom.start or 0,
        "toPort": atom.end or 0,
        "description": atom.description,
        "self": False,
        **{name: [] for name in _SOURCES},
    }
