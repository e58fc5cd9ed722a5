from __future__ import annotations

from simcloud.bindings.ec2 import _nat_addresses
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_FILTERS = {"id": "nat-gateway-id", "state": "state", "subnetId": "subnet-id", "vpcId": "vpc-id"}


def get_nat_gateway(ctx: Context, args: Props) -> Props:
    """A NAT gateway by id, subnet, VPC or tags."""
    wanted = _one.filters({**args, "tags": None}, _FILTERS)
    listed = ctx.client("ec2").describe_nat_gateways(Filters=wanted)["NatGateways"]
    tags = (args.get("tags") or {}).items()
    found = _one.only([item for item in listed if tags <= _one.tags(item).items()], "EC2 NAT Gateway")
    address = found["NatGatewayAddresses"][0]
    return {
        **_nat_addresses.read(found),
        "allocationId": address.get("AllocationId") or "",
        "associationId": address.get("AssociationId") or "",
        "autoProvisionZones": "",
        "autoScalingIps": "",
        "availabilityMode": "zonal",
        "availabilityZoneAddresses": [],
        "connectivityType": found["ConnectivityType"],
        "filters": args.get("filters"),
        "id": found["NatGatewayId"],
        "networkInterfaceId": address["NetworkInterfaceId"],
        "privateIp": address["PrivateIp"],
        "publicIp": address.get("PublicIp") or "",
        "region": ctx.region,
        "regionalNatGatewayAddresses": [],
        "routeTableId": "",
        "state": found["State"],
        "subnetId": found["SubnetId"],
        "tags": _one.tags(found),
        "vpcId": found["VpcId"],
    }
