from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _inline_rules
from ._cidr import canonical
from ._inline_rules import Atom

_SOURCES = ("cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId")


class SecurityGroupRule(Binding):
    """Rules of one security group that share their ports; one resource may stand for many of AWS's rules."""

    token = "aws:ec2/securityGroupRule:SecurityGroupRule"
    service = "ec2"
    replaces = frozenset({"fromPort", "protocol", "securityGroupId", "toPort", "type", *_SOURCES})
    defaults = {"self": False}
    references = (
        Reference("securityGroupId", "security_group"),
        Reference("sourceSecurityGroupId", "security_group"),
        Reference("prefixListIds[]", "prefix_list"),
    )

    def create(self, ctx: Context, new: Props) -> str:
        _call(ctx, new, "authorize", _atoms(new))
        words = "|".join(sorted(map(str, _atoms({**new, "description": None}))))
        return f"sgrule-{crc32((new['securityGroupId'] + new['type'] + words).encode())}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new.get("description") != old.get("description"):
            _call(ctx, new, "update", _atoms(new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _found(ctx, given)
        if not found:
            return None
        texts = {atom.description for atom in found}
        return {
            "cidrBlocks": _kept(found, given, "cidrBlocks", "cidr"),
            "ipv6CidrBlocks": _kept(found, given, "ipv6CidrBlocks", "cidr6"),
            "prefixListIds": _kept(found, given, "prefixListIds", "list"),
            "description": next(iter(sorted(texts))) or None,
            "sourceSecurityGroupId": _group(found),
            "securityGroupRuleId": _rule_id(ctx, given),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        found = _found(ctx, old)
        if found:
            _call(ctx, old, "revoke", found)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if isinstance(new["type"], str) and new["type"] not in ("ingress", "egress"):
            yield Refusal("InvalidParameterValue", f"type {new['type']!r} is not ingress or egress.", "type")
        if not any(new.get(name) for name in _SOURCES):
            yield Refusal("MissingParameter", f"one of {', '.join(_SOURCES)} is needed.")
        for one, other in (
            ("self", "cidrBlocks"),
            ("sourceSecurityGroupId", "cidrBlocks"),
            ("self", "sourceSecurityGroupId"),
        ):
            if new.get(one) and new.get(other):
                yield Refusal("InvalidParameterCombination", f"{one} cannot be given with {other}.", one)
        block = {name: value for name, value in new.items() if not name.startswith("__")}
        for problem in _inline_rules.block_problems([{**block, "self": True}], "rule"):
            yield Refusal(
                problem.code, problem.message, problem.path.removeprefix("rule[0]").removeprefix(".")
            )

    def request(self, ctx: Context, new: Props) -> Params:
        return {}


def _atoms(new: Props) -> set[Atom]:
    source = new.get("sourceSecurityGroupId")
    block = {**new, "securityGroups": [source] if source and not new.get("self") else []}
    return _inline_rules.atoms([block], new["securityGroupId"])


def _found(ctx: Context, given: Props) -> set[Atom]:
    """What is left of the rules in the cloud, whatever their descriptions are now."""
    wanted = {_bare(atom) for atom in _atoms(given)}
    current = _inline_rules.current(ctx, given["securityGroupId"], egress=given["type"] == "egress")
    return {atom for atom in current if _bare(atom) in wanted}


def _bare(atom: Atom) -> Atom:
    return Atom(atom.protocol, atom.start, atom.end, atom.kind, atom.source)


def _call(ctx: Context, new: Props, verb: str, atoms: set[Atom]) -> None:
    words = f"rule_descriptions_{new['type']}" if verb == "update" else new["type"]
    call = getattr(ctx.client("ec2"), f"{verb}_security_group_{words}")
    call(GroupId=new["securityGroupId"], IpPermissions=[atom.permission() for atom in sorted(atoms, key=str)])


def _kept(found: set[Atom], given: Props, name: str, kind: str) -> list[str] | None:
    sources = {atom.source for atom in found if atom.kind == kind}
    ordered = [item for item in given.get(name) or () if canonical(item) in sources]
    return ordered or None


def _group(found: set[Atom]) -> str:
    return next((atom.source for atom in found if atom.kind == "group"), "")


def _rule_id(ctx: Context, given: Props) -> str:
    """AWS's id, if the resource stands for one rule only."""
    wanted = _atoms(given)
    if len(wanted) != 1:
        return ""
    filters: list[Any] = [{"Name": "group-id", "Values": [given["securityGroupId"]]}]
    for rule in ctx.client("ec2").describe_security_group_rules(Filters=filters)["SecurityGroupRules"]:
        if rule["IsEgress"] is (given["type"] == "egress") and _bare(_inline_rules.of_rule(rule)) in map(
            _bare, wanted
        ):
            return str(rule["SecurityGroupRuleId"])
    return ""
