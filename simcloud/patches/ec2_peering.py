"""Peering connections as EC2 answers them."""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnectionBackend

from simcloud.patches import around

_LIVING = ("pending-acceptance", "active")
_DNS = "AllowDnsResolutionFromRemoteVpc"


@around(VPCPeeringConnectionBackend)
def create_vpc_peering_connection(original: Any, self: Any, vpc: Any, peer_vpc: Any, tags: Any = None) -> Any:
    """AWS: fails what overlaps and refuses a second connection of the same two; moto: takes both."""
    if vpc.id == peer_vpc.id:
        raise EC2ClientError("InvalidParameterValue", "The requester VPC and the accepter VPC are the same.")
    for other in self.vpc_pcxs.values():
        if {other.vpc.id, other.peer_vpc.id} == {vpc.id, peer_vpc.id} and other._status.code in _LIVING:
            raise EC2ClientError(
                "VpcPeeringConnectionAlreadyExists",
                f"A VPC peering connection between {vpc.id} and {peer_vpc.id} exists already: {other.id}.",
            )
    connection = original(self, vpc, peer_vpc, tags)
    if _overlap(vpc, peer_vpc):
        connection._status.code = "failed"
        connection._status.message = (
            "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range: "
            f"{vpc.cidr_block} of {vpc.id} and {peer_vpc.cidr_block} of {peer_vpc.id} overlap."
        )
    return connection


@around(VPCPeeringConnectionBackend)
def describe_vpc_peering_connections(
    original: Any, self: Any, vpc_peering_ids: list[str] | None = None
) -> Any:
    """AWS: an unknown id is an error; moto: it is left out."""
    for identity in vpc_peering_ids or ():
        self.get_vpc_peering_connection(identity)
    return original(self, vpc_peering_ids)


@around(VPCPeeringConnectionBackend)
def modify_vpc_peering_connection_options(
    original: Any, self: Any, vpc_pcx_id: str, accepter_options: Any = None, requester_options: Any = None
) -> Any:
    """AWS: only active connections have options, and DNS needs host names in the VPC; moto: checks neither."""
    connection = self.get_vpc_peering_connection(vpc_pcx_id)
    if connection._status.code != "active":
        raise EC2ClientError(
            "OperationNotPermitted",
            f"Peering {vpc_pcx_id} is not active. Peering options can be added only to active peerings.",
        )
    for vpc, options in ((connection.peer_vpc, accepter_options), (connection.vpc, requester_options)):
        if options and options.get(_DNS) and not vpc.enable_dns_hostnames:
            raise EC2ClientError(
                "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
                f"DNS hostnames must be enabled in VPC {vpc.id} for DNS resolution from the peer.",
            )
    return original(self, vpc_pcx_id, accepter_options, requester_options)


def _overlap(vpc: Any, peer: Any) -> bool:
    mine, theirs = _networks(vpc), _networks(peer)
    return any(one.overlaps(other) for one in mine for other in theirs)


def _networks(vpc: Any) -> list[ipaddress.IPv4Network]:
    return [
        ipaddress.IPv4Network(block["cidr_block"])
        for block in vpc.get_cidr_block_association_set()
        if block["cidr_block_state"]["state"] == "associated"
    ]
