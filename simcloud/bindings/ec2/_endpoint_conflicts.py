"""What stands in the way of a new VPC endpoint: other endpoints of its service, and the VPC's DNS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Gateway endpoints» and «Access an AWS service using an interface VPC endpoint», AWS PrivateLink guide; from
# memory of AWS's documentation, not verified.
_ATTRIBUTES = {"enableDnsSupport": "EnableDnsSupport", "enableDnsHostnames": "EnableDnsHostnames"}


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Why AWS does not make the endpoint."""
    if new.get("privateDnsEnabled"):
        yield from _dns_problems(ctx, new)
    if new["vpcEndpointType"] == "Gateway":
        yield from _route_problems(ctx, new)


def _dns_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    vpc_id = new["vpcId"]
    for name, attribute in _ATTRIBUTES.items():
        if not ctx.client("ec2").describe_vpc_attribute(VpcId=vpc_id, Attribute=name)[attribute]["Value"]:
            yield Refusal(
                "InvalidParameter",
                f"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames of {vpc_id}; "
                f"{name} is off.",
                "privateDnsEnabled",
            )
    for other in _others(ctx, new):
        if other.get("PrivateDnsEnabled"):
            yield Refusal(
                "InvalidParameter",
                "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
                f"{new['serviceName']} in the VPC {vpc_id}.",
                "privateDnsEnabled",
            )


def _route_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    taken = {table for other in _others(ctx, new) for table in other.get("RouteTableIds", ())}
    for position, table in enumerate(new.get("routeTableIds") or ()):
        if table in taken:
            yield Refusal(
                "RouteAlreadyExists",
                f"route table {table} already has a route with the prefix list of {new['serviceName']}.",
                f"routeTableIds[{position}]",
            )


def _others(ctx: Context, new: Props) -> list[dict[str, Any]]:
    wanted = [
        {"Name": "vpc-id", "Values": [new["vpcId"]]},
        {"Name": "service-name", "Values": [new.get("serviceName")]},
    ]
    found = ctx.client("ec2").describe_vpc_endpoints(Filters=wanted)["VpcEndpoints"]
    return [endpoint for endpoint in found if endpoint["State"] not in ("deleted", "deleting")]
