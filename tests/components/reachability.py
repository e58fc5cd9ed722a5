"""Who can reach whom on which port, computed from what boto3 sees of a network.

A connection needs the groups of both sides, the ACLs of both subnets there and back, and routes there and back; to
the internet it needs a gateway, and a NAT's own subnet and groups on the way. Every address of a party counts: what
is open from one zone only is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import product
from typing import Any

from tests.components.firewalls import ANSWERS, Firewalls, Place, read_firewalls
from tests.components.parties import HasClients, parties
from tests.components.ports import ALL, NONE, Ports

# Addresses that documentation may use: nobody's.
INTERNET = {"internet": Place("198.51.100.7"), "internet6": Place("2001:db8::7")}


@dataclass(frozen=True)
class Reach:
    """`there`: what gets to the target; `back`: of it, what is answered."""

    there: Ports
    back: Ports


NOWHERE = Reach(NONE, NONE)


@dataclass(frozen=True)
class Map:
    """A VPC, its inhabitants, and the places outside that a test asks about."""

    walls: Firewalls
    inhabitants: Mapping[str, Sequence[Place]]
    outside: Mapping[str, Place]
    nats: Mapping[str, Mapping[str, Any]]
    relays: Mapping[str, Mapping[str, Any]]

    def matrix(self) -> dict[tuple[str, str], str]:
        """The open ports of every pair (from, to) between which any is, e.g. `80 443 udp:53`."""
        names = [*self.inhabitants, *self.outside]
        found = {
            (a, b): self.ports(a, b) for a, b in product(names, names) if not {a, b} <= set(self.outside)
        }
        return {pair: str(ports) for pair, ports in found.items() if ports != NONE}

    def ports(self, source: str, target: str) -> Ports:
        """The open ports from one party to another; AssertionError where its zones differ or answers are lost."""
        found = {self._reach(a, b) for a, b in self._pairs(source, target)}
        assert len(found) <= 1, f"{source} reaches {target} differently from place to place: {found}"
        for reach in found:
            assert reach.there == reach.back, (
                f"{source} to {target}: {reach.there} goes, {reach.back} is answered"
            )
            return reach.there
        return NONE

    def _pairs(self, source: str, target: str) -> list[tuple[Place, Place]]:
        """Places of the same family of addresses."""
        pairs = product(self._places(source), self._places(target))
        return [(a, b) for a, b in pairs if a != b and _version(a) == _version(b)]

    def _places(self, name: str) -> Sequence[Place]:
        return self.inhabitants.get(name) or [self.outside[name]]

    def _reach(self, source: Place, target: Place) -> Reach:
        groups = self.walls.group(source, target, egress=True) & self.walls.group(
            target, source, egress=False
        )
        if groups == NONE:
            return NOWHERE
        if source.subnet is None:
            return self._inwards(source, target, groups)
        if target.subnet is None:
            return self._outwards(source, target, groups)
        return self._within(source, target, groups)

    def _within(self, source: Place, target: Place, groups: Ports) -> Reach:
        assert source.subnet
        assert target.subnet
        if source.subnet == target.subnet:
            return Reach(groups, groups)
        there = self._crosses(source.subnet, target.address, target.subnet, source.address)
        back = self._crosses(target.subnet, source.address, source.subnet, target.address)
        return _answered(groups & there, back)

    def _inwards(self, source: Place, target: Place, groups: Ports) -> Reach:
        assert target.subnet
        route = self.walls.route(target.subnet, source.address)
        if not target.public or route is None or not str(route.get("GatewayId", "")).startswith("igw-"):
            return NOWHERE
        there = self.walls.acl(target.subnet, source.address, egress=False)
        return _answered(groups & there, self.walls.acl(target.subnet, source.address, egress=True))

    def _outwards(self, source: Place, target: Place, groups: Ports) -> Reach:
        assert source.subnet
        route = self.walls.route(source.subnet, target.address) or {}
        there = groups & self.walls.acl(source.subnet, target.address, egress=True)
        reach = _answered(there, self.walls.acl(source.subnet, target.address, egress=False))
        gateway = str(route.get("GatewayId", ""))
        if gateway.startswith("vpce-") or route.get("EgressOnlyInternetGatewayId"):
            return reach
        if gateway.startswith("igw-"):
            return reach if source.public else NOWHERE
        if nat := route.get("NatGatewayId"):
            return self._through(source, target, reach, self.nats[nat])
        if relay := route.get("NetworkInterfaceId"):
            return self._relayed(source, target, reach, self.relays[relay])
        return NOWHERE

    def _through(self, source: Place, target: Place, reach: Reach, nat: Mapping[str, Any]) -> Reach:
        """By a NAT gateway: a regional one stands in no subnet."""
        if not any(address.get("PublicIp") for address in nat["NatGatewayAddresses"]):
            return NOWHERE
        if nat.get("AvailabilityMode") == "regional":
            return reach
        return self._over(source, target, reach, nat["SubnetId"])

    def _relayed(self, source: Place, target: Place, reach: Reach, machine: Mapping[str, Any]) -> Reach:
        """By a machine that does not insist on being the target."""
        if machine["SourceDestCheck"] or not machine.get("PublicIpAddress"):
            return NOWHERE
        groups = frozenset(group["GroupId"] for group in machine["SecurityGroups"])
        relay = Place(machine["PrivateIpAddress"], machine["SubnetId"], groups, public=True)
        let = self.walls.group(relay, source, egress=False) & self.walls.group(relay, target, egress=True)
        return self._over(source, target, Reach(reach.there & let, reach.back & let), machine["SubnetId"])

    def _over(self, source: Place, target: Place, reach: Reach, subnet: str) -> Reach:
        """Across the ACL of the subnet in which the NAT stands, both ways on both sides."""
        assert source.subnet
        route = self.walls.route(subnet, target.address) or {}
        if not str(route.get("GatewayId", "")).startswith("igw-"):
            return NOWHERE
        acl = self.walls.acl
        own = source.subnet == subnet
        there = acl(subnet, target.address, egress=True)
        there &= ALL if own else acl(subnet, source.address, egress=False)
        back = acl(subnet, target.address, egress=False)
        back &= ALL if own else acl(subnet, source.address, egress=True)
        passing = _answered(reach.there & there, back)
        return Reach(passing.there, passing.back & reach.back)

    def _crosses(self, subnet: str, towards: str, other: str, sender: str) -> Ports:
        route = self.walls.route(subnet, towards)
        if route is None or route.get("GatewayId") != "local":
            return NONE
        return self.walls.acl(subnet, towards, egress=True) & self.walls.acl(other, sender, egress=False)


def survey(cloud: HasClients, prefix: str, outside: Mapping[str, str] | None = None) -> Map:
    """The map of the region's network; `outside` are addresses to ask about besides the internet's."""
    ec2 = cloud.client("ec2")
    gateways = ec2.describe_nat_gateways()["NatGateways"]
    machines = [m for found in ec2.describe_instances()["Reservations"] for m in found["Instances"]]
    return Map(
        walls=read_firewalls(ec2),
        inhabitants=parties(cloud, prefix),
        outside={**INTERNET, **{name: Place(address) for name, address in (outside or {}).items()}},
        nats={gateway["NatGatewayId"]: gateway for gateway in gateways},
        relays={card["NetworkInterfaceId"]: m for m in machines for card in m["NetworkInterfaces"]},
    )


def _answered(there: Ports, back: Ports) -> Reach:
    """Of what goes there, what can be answered: per protocol, on every port that a client may have picked."""
    heard = [name for name in ("icmp", "icmpv6", "tcp", "udp") if ANSWERS.only([name]) - back == NONE]
    return Reach(there, there.only(heard))


def _version(place: Place) -> int:
    return ip_address(place.address).version
