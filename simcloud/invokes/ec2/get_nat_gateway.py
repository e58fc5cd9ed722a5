from __future__ import annotations

from simcloud.bindings.ec2 import _nat_addresses, _regional_nat
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_ZONAL = ("allocationId", "associationId", "networkInterfaceId", "privateIp", "publicIp")
_FILTERS = {"id": "nat-gateway-id", "state": "state", "subnetId": "subnet-id", "vpcId": "vpc-id"}


def get_nat_gateway(ctx: Context, args: Props) -> Props:
    """A NAT gateway by id, subnet, VPC or tags."""
    wanted = _one.filters({**args, "tags": None}, _FILTERS)
    listed = ctx.client("ec2").describe_nat_gateways(Filters=wanted)["NatGateways"]
    tags = (args.get("tags") or {}).items()
    found = _one.only([item for item in listed if tags <= _one.tags(item).items()], "EC2 NAT Gateway")
    addresses = _nat_addresses.read(found)
    return {
        **dict.fromkeys(_ZONAL, ""),
        "availabilityZoneAddresses": [],
        "secondaryAllocationIds": [],
        "secondaryPrivateIpAddressCount": 0,
        "secondaryPrivateIpAddresses": [],
        **addresses,
        "allocationId": addresses.get("allocationId") or "",
        **_regional_nat.read(found, {}),
        "connectivityType": found["ConnectivityType"],
        "filters": args.get("filters"),
        "id": found["NatGatewayId"],
        "region": ctx.region,
        "state": found["State"],
        "subnetId": found.get("SubnetId") or "",
        "tags": _one.tags(found),
        "vpcId": found["VpcId"],
    }
