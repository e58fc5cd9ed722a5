"""The firewalls of a VPC as boto3 tells them: security groups, network ACLs, route tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from tests.components.ports import ALL, NONE, Ports

# To these a client's system asks for the answer: "Ephemeral ports", VPC user guide.
ANSWERS = Ports((("icmp", 0, 255), ("icmpv6", 0, 255), ("tcp", 1024, 65535), ("udp", 1024, 65535)))


@dataclass(frozen=True)
class Place:
    """A network interface, more or less: an address in a subnet behind groups; `public` if it has a public address.

    Without a subnet it is somewhere in the internet.
    """

    address: str
    subnet: str | None = None
    groups: frozenset[str] = frozenset()
    public: bool = False


@dataclass(frozen=True)
class Firewalls:
    """`prefix_lists` are ranges by list, `acls` entries by subnet, `routes` by subnet, `rules` by group."""

    rules: Mapping[str, Sequence[Mapping[str, Any]]]
    acls: Mapping[str, Sequence[Mapping[str, Any]]]
    routes: Mapping[str, Sequence[Mapping[str, Any]]]
    prefix_lists: Mapping[str, Sequence[str]]

    def group(self, place: Place, other: Place, *, egress: bool) -> Ports:
        """What the groups of `place` let out to, or in from, `other`. The internet has no groups."""
        if place.subnet is None:
            return ALL
        found = NONE
        for group in place.groups:
            for rule in self.rules[group]:
                if rule["IsEgress"] is egress and self._names(rule, other):
                    found |= Ports.of(rule["IpProtocol"], rule.get("FromPort", -1), rule.get("ToPort", -1))
        return found

    def acl(self, subnet: str, address: str, *, egress: bool) -> Ports:
        """What the ACL of a subnet lets out to, or in from, an address: the first rule that matches decides."""
        open_, left = NONE, ALL
        for entry in sorted(self.acls[subnet], key=lambda entry: int(entry["RuleNumber"])):
            if entry["Egress"] is not egress or not _matches(_cidr(entry), address):
                continue
            said = _entry_ports(entry) & left
            left -= said
            if entry["RuleAction"] == "allow":
                open_ |= said
        return open_

    def route(self, subnet: str, address: str) -> Mapping[str, Any] | None:
        """The route that a packet from the subnet to an address takes: the longest prefix wins."""
        best: tuple[int, Mapping[str, Any]] | None = None
        for route in self.routes[subnet]:
            for cidr in self._destinations(route):
                length = ip_network(cidr).prefixlen
                if _matches(cidr, address) and (best is None or length > best[0]):
                    best = (length, route)
        return best[1] if best else None

    def _destinations(self, route: Mapping[str, Any]) -> Sequence[str]:
        if listed := route.get("DestinationPrefixListId"):
            return self.prefix_lists.get(listed, ())
        return [route.get("DestinationCidrBlock") or route["DestinationIpv6CidrBlock"]]

    def _names(self, rule: Mapping[str, Any], other: Place) -> bool:
        if "ReferencedGroupInfo" in rule:
            return rule["ReferencedGroupInfo"]["GroupId"] in other.groups
        if listed := rule.get("PrefixListId"):
            return any(_matches(cidr, other.address) for cidr in self.prefix_lists.get(listed, ()))
        return _matches(rule.get("CidrIpv4") or rule.get("CidrIpv6"), other.address)


def read_firewalls(ec2: Any) -> Firewalls:
    """All of a region's firewalls."""
    groups = ec2.describe_security_groups()["SecurityGroups"]
    found: dict[str, list[Mapping[str, Any]]] = {group["GroupId"]: [] for group in groups}
    for rule in ec2.describe_security_group_rules()["SecurityGroupRules"]:
        found[rule["GroupId"]].append(rule)
    subnets = ec2.describe_subnets()["Subnets"]
    return Firewalls(
        rules=found,
        acls=_acls(ec2),
        routes={subnet["SubnetId"]: _routes(ec2, subnet) for subnet in subnets},
        prefix_lists=_prefix_lists(ec2),
    )


def _acls(ec2: Any) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    return {
        association["SubnetId"]: acl["Entries"]
        for acl in ec2.describe_network_acls()["NetworkAcls"]
        for association in acl["Associations"]
    }


def _routes(ec2: Any, subnet: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    of_vpc = [{"Name": "vpc-id", "Values": [subnet["VpcId"]]}]
    tables = ec2.describe_route_tables(Filters=of_vpc)["RouteTables"]
    own = [table for table in tables if _belongs(table, SubnetId=subnet["SubnetId"])]
    [table] = own or [table for table in tables if _belongs(table, Main=True)]
    routes: Sequence[Mapping[str, Any]] = table["Routes"]
    return routes


def _belongs(table: Mapping[str, Any], **wanted: Any) -> bool:
    return any(
        all(association.get(key) == value for key, value in wanted.items())
        for association in table["Associations"]
    )


def _prefix_lists(ec2: Any) -> Mapping[str, Sequence[str]]:
    listed = {
        found["PrefixListId"]: [
            entry["Cidr"]
            for entry in ec2.get_managed_prefix_list_entries(PrefixListId=found["PrefixListId"])["Entries"]
        ]
        for found in ec2.describe_managed_prefix_lists()["PrefixLists"]
    }
    services = {found["PrefixListId"]: found["Cidrs"] for found in ec2.describe_prefix_lists()["PrefixLists"]}
    return {**listed, **services}


def _entry_ports(entry: Mapping[str, Any]) -> Ports:
    kind, ports = entry.get("IcmpTypeCode"), entry.get("PortRange")
    if entry["Protocol"] in ("1", "58") and kind:
        return Ports.of(entry["Protocol"], kind["Type"], kind["Type"])
    return Ports.of(entry["Protocol"], *((ports["From"], ports["To"]) if ports else (-1, -1)))


def _cidr(entry: Mapping[str, Any]) -> str | None:
    return entry.get("CidrBlock") or entry.get("Ipv6CidrBlock")


def _matches(cidr: str | None, address: str) -> bool:
    return cidr is not None and ip_address(address) in ip_network(cidr)
