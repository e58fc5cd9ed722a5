from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_LIVING = ("initiating-request", "pending-acceptance", "provisioning", "active")


def get_vpc_peering_connection(ctx: Context, args: Props) -> Props:
    """A peering connection by its id, its VPCs or its tags."""
    every = ctx.client("ec2").describe_vpc_peering_connections()["VpcPeeringConnections"]
    found = _one.only([item for item in every if _fits(item, args)], "EC2 VPC Peering Connection")
    requester, accepter = found["RequesterVpcInfo"], found["AccepterVpcInfo"]
    return {
        "accepter": _options(accepter),
        "cidrBlock": requester.get("CidrBlock", ""),
        "cidrBlockSets": _blocks(requester),
        "filters": args.get("filters"),
        "id": found["VpcPeeringConnectionId"],
        "ipv6CidrBlockSets": [],
        "ownerId": requester["OwnerId"],
        "peerCidrBlock": accepter.get("CidrBlock", ""),
        "peerCidrBlockSets": _blocks(accepter),
        "peerIpv6CidrBlockSets": [],
        "peerOwnerId": accepter["OwnerId"],
        "peerRegion": accepter["Region"],
        "peerVpcId": accepter["VpcId"],
        "region": ctx.region,
        "requester": _options(requester),
        "requesterRegion": requester["Region"],
        "status": found["Status"]["Code"],
        "tags": _one.tags(found),
        "vpcId": requester["VpcId"],
    }


def _fits(item: Mapping[str, Any], args: Props) -> bool:
    requester, accepter = item["RequesterVpcInfo"], item["AccepterVpcInfo"]
    known = {
        "id": item["VpcPeeringConnectionId"],
        "vpcId": requester["VpcId"],
        "peerVpcId": accepter["VpcId"],
        "status": item["Status"]["Code"],
    }
    tags = (args.get("tags") or {}).items()
    said = all(args.get(name) in (None, "", value) for name, value in known.items())
    return said and tags <= _one.tags(item).items() and item["Status"]["Code"] in _LIVING


def _options(side: Mapping[str, Any]) -> dict[str, bool]:
    options = side.get("PeeringOptions") or {}
    return {"allowRemoteVpcDnsResolution": bool(options.get("AllowDnsResolutionFromRemoteVpc"))}


def _blocks(side: Mapping[str, Any]) -> list[Props]:
    return [{"cidrBlock": side["CidrBlock"]}] if side.get("CidrBlock") else []
