from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _peering


class VpcPeeringConnection(Binding):
    """A connection between two VPCs, waiting for acceptance unless both are ours."""

    token = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"
    service = "ec2"
    operation = "create_vpc_peering_connection"
    replaces = frozenset({"peerOwnerId", "peerRegion", "peerVpcId", "vpcId"})
    tagging = tagging.EC2
    faults = {"VpcPeeringConnectionAlreadyExists": "peerVpcId"}
    references = (Reference("vpcId", "vpc"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "VpcId": new["vpcId"],
                "PeerVpcId": new["peerVpcId"],
                "PeerOwnerId": new.get("peerOwnerId"),
                "PeerRegion": new.get("peerRegion"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["VpcPeeringConnection"]["VpcPeeringConnectionId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            _require_not_failed(ctx, identity)
        if new.get("autoAccept"):
            _peering.accept(ctx, identity)
        _peering.set_options(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _peering.found(ctx, identity)
        if found is None:
            return None
        requester, accepter = found["RequesterVpcInfo"], found["AccepterVpcInfo"]
        return {
            "acceptStatus": found["Status"]["Code"],
            "peerOwnerId": accepter["OwnerId"],
            "peerRegion": accepter["Region"],
            "peerVpcId": accepter["VpcId"],
            "vpcId": requester["VpcId"],
            **_peering.options(found),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_vpc_peering_connection(VpcPeeringConnectionId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        vpc, peer, region = new.get("vpcId"), new.get("peerVpcId"), new.get("peerRegion")
        if new.get("autoAccept") and region is not None:
            yield Refusal(
                "InvalidParameterCombination",
                "`peerRegion` cannot be set whilst `autoAccept` is true.",
                "peerRegion",
                "accept it there with aws.ec2.VpcPeeringConnectionAccepter.",
            )
        if isinstance(vpc, str) and vpc == peer:
            yield Refusal("InvalidParameterValue", "a VPC cannot be peered with itself.", "peerVpcId")
        elif isinstance(vpc, str) and isinstance(peer, str) and region in (None, ctx.region):
            yield from _other_vpc_problems(ctx, vpc, peer, new.get("peerOwnerId"))


def _require_not_failed(ctx: Context, identity: str) -> None:
    """AWS takes the connection, then fails it; the provider reports that as an error."""
    answer = ctx.client("ec2").describe_vpc_peering_connections(VpcPeeringConnectionIds=[identity])
    status = answer["VpcPeeringConnections"][0]["Status"]
    if status["Code"] == "failed":
        raise Refusal("VpcPeeringConnection.Failed", str(status["Message"]), "peerVpcId")


def _other_vpc_problems(ctx: Context, vpc: str, peer: str, owner: Any) -> Iterator[Refusal]:
    ec2 = ctx.client("ec2")
    if owner not in (None, ctx.account):
        return
    if not ec2.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [peer]}])["Vpcs"]:
        yield Refusal("InvalidVpcID.NotFound", f"The vpc ID '{peer}' does not exist", "peerVpcId")
        return
    mine, theirs = _blocks(ec2, vpc), _blocks(ec2, peer)
    for block in mine:
        for other in theirs:
            if block.overlaps(other):
                yield Refusal(
                    "VpcPeeringConnection.Failed",
                    f"Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range: {block} of {vpc} and "
                    f"{other} of {peer} overlap.",
                    "peerVpcId",
                )


def _blocks(ec2: Any, vpc: str) -> list[ipaddress.IPv4Network]:
    found = ec2.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Vpcs"]
    return [
        ipaddress.IPv4Network(block["CidrBlock"])
        for item in found
        for block in item["CidrBlockAssociationSet"]
    ]
