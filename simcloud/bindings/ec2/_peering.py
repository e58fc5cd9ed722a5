"""Peering connections: two VPCs, an acceptance, and what each side lets the other do."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

SIDES = ("accepter", "requester")
# AWS: «VPC peering connection lifecycle», VPC Peering Guide; per reference notes, not verified against AWS.
_GONE = ("deleted", "deleting", "rejected", "failed", "expired")


def found(ctx: Context, identity: str) -> dict[str, Any] | None:
    """The connection, unless it is over."""
    answer = ctx.client("ec2").describe_vpc_peering_connections(VpcPeeringConnectionIds=[identity])
    connections = answer["VpcPeeringConnections"]
    if not connections or connections[0]["Status"]["Code"] in _GONE:
        return None
    return dict(connections[0])


def accept(ctx: Context, identity: str) -> None:
    """Accept a connection that waits for it."""
    connection = found(ctx, identity)
    if connection is not None and connection["Status"]["Code"] == "pending-acceptance":
        ctx.client("ec2").accept_vpc_peering_connection(VpcPeeringConnectionId=identity)


def set_options(ctx: Context, identity: str, new: Props, old: Props) -> None:
    """Bring the options of both sides to `new`, as far as they are given."""
    changed = {side: new[side] for side in SIDES if side in new and new[side] != old.get(side)}
    if not changed:
        return
    connection = found(ctx, identity)
    if connection is not None and connection["Status"]["Code"] != "active":
        raise Refusal(
            "OperationNotPermitted",
            f"Peering {identity} is not active. Peering options can be added only to active peerings.",
            next(iter(changed)),
            "accept the connection first: autoAccept, or aws.ec2.VpcPeeringConnectionAccepter.",
        )
    for side, options in changed.items():
        _modify(ctx, identity, side, options)


def options(connection: dict[str, Any]) -> Props:
    """What both sides allow, in the provider's words."""
    return {side: _read(connection[f"{side.capitalize()}VpcInfo"]) for side in SIDES}


def _written(given: Props) -> dict[str, bool]:
    return {"AllowDnsResolutionFromRemoteVpc": bool(given.get("allowRemoteVpcDnsResolution"))}


def _read(side: dict[str, Any]) -> Props:
    allowed = (side.get("PeeringOptions") or {}).get("AllowDnsResolutionFromRemoteVpc")
    return {"allowRemoteVpcDnsResolution": bool(allowed)}


def _modify(ctx: Context, identity: str, side: str, given: Props) -> None:
    options = {f"{side.capitalize()}PeeringConnectionOptions": _written(given)}
    try:
        ctx.client("ec2").modify_vpc_peering_connection_options(VpcPeeringConnectionId=identity, **options)
    except ClientError as error:
        details = error.response["Error"]
        raise Refusal(details["Code"], details["Message"], side) from error
