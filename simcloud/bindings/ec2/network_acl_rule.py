from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, without_none

from . import _acl


class NetworkAclRule(Binding):
    """One rule of a network ACL."""

    token = "aws:ec2/networkAclRule:NetworkAclRule"
    service = "ec2"
    operation = "create_network_acl_entry"
    parameters = {
        "PortRange.From": "fromPort",
        "PortRange.To": "toPort",
        "IcmpTypeCode.Type": "icmpType",
        "IcmpTypeCode.Code": "icmpCode",
    }
    replaces = frozenset(
        {
            "cidrBlock",
            "egress",
            "fromPort",
            "icmpCode",
            "icmpType",
            "ipv6CidrBlock",
            "networkAclId",
            "protocol",
            "ruleAction",
            "ruleNumber",
            "toPort",
        }
    )
    defaults = {"egress": False}
    faults = {"NetworkAclEntryAlreadyExists": "ruleNumber"}
    references = (Reference("networkAclId", "network_acl"),)

    def request(self, ctx: Context, new: Props) -> Params:
        ports = without_none({"From": new.get("fromPort"), "To": new.get("toPort")})
        kind = without_none({"Type": new.get("icmpType"), "Code": new.get("icmpCode")})
        return without_none(
            {
                "NetworkAclId": new["networkAclId"],
                "RuleNumber": new["ruleNumber"],
                "Protocol": new["protocol"] if new["protocol"] is UNKNOWN else _acl.number(new["protocol"]),
                "RuleAction": new["ruleAction"],
                "Egress": new["egress"],
                "CidrBlock": new.get("cidrBlock"),
                "Ipv6CidrBlock": new.get("ipv6CidrBlock"),
                "PortRange": ports or None,
                "IcmpTypeCode": kind or None,
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        words = [
            new["networkAclId"],
            str(new["ruleNumber"]),
            str(new["egress"]).lower(),
            str(new["protocol"]),
        ]
        return f"nacl-{crc32('-'.join([*words, '']).encode())}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _find(ctx, given)
        if found is None:
            return None
        same = _acl.number(given.get("protocol", "")) == found["Protocol"]
        ports, kind = found.get("PortRange") or {}, found.get("IcmpTypeCode") or {}
        return {
            "cidrBlock": found.get("CidrBlock") or None,
            "egress": found["Egress"],
            "fromPort": ports.get("From"),
            "icmpCode": kind.get("Code"),
            "icmpType": kind.get("Type"),
            "ipv6CidrBlock": found.get("Ipv6CidrBlock") or None,
            "networkAclId": given["networkAclId"],
            "protocol": given["protocol"] if same else found["Protocol"],
            "ruleAction": found["RuleAction"],
            "ruleNumber": found["RuleNumber"],
            "toPort": ports.get("To"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_network_acl_entry(
            NetworkAclId=old["networkAclId"], RuleNumber=int(old["ruleNumber"]), Egress=bool(old["egress"])
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _acl.problems(new, number_name="ruleNumber")

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return self.identify(ctx, {}, found)

    def import_id(self, identity: str) -> Props:
        """Written as the provider wants it: `acl-1:100:tcp:false`."""
        acl, position, protocol, egress = identity.split(":")
        return {
            "networkAclId": acl,
            "ruleNumber": int(position),
            "protocol": protocol,
            "egress": egress == "true",
        }


def _find(ctx: Context, given: Props) -> Mapping[str, Any] | None:
    for found in _acl.describe(ctx, given["networkAclId"])["Entries"]:
        if (found["RuleNumber"], found["Egress"]) == (int(given["ruleNumber"]), bool(given["egress"])):
            return dict(found)
    return None
