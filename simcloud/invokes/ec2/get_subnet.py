from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_NAMES = {
    "availabilityZone": "availability-zone",
    "availabilityZoneId": "availability-zone-id",
    "cidrBlock": "cidr-block",
    "defaultForAz": "default-for-az",
    "id": "subnet-id",
    "ipv6CidrBlock": "ipv6-cidr-block-association.ipv6-cidr-block",
    "state": "state",
    "vpcId": "vpc-id",
}


def get_subnet(ctx: Context, args: Props) -> Props:
    """A subnet by id, tags, zone or whatever else tells it from others."""
    listed = ctx.client("ec2").describe_subnets(Filters=_one.filters(args, _NAMES))["Subnets"]
    found = _one.only(listed, "EC2 Subnet")
    launch = found.get("PrivateDnsNameOptionsOnLaunch") or {}
    sixes = found.get("Ipv6CidrBlockAssociationSet") or []
    return {
        "arn": found["SubnetArn"],
        "assignIpv6AddressOnCreation": found["AssignIpv6AddressOnCreation"],
        "availabilityZone": found["AvailabilityZone"],
        "availabilityZoneId": found["AvailabilityZoneId"],
        "availableIpAddressCount": found["AvailableIpAddressCount"],
        "cidrBlock": found["CidrBlock"],
        "customerOwnedIpv4Pool": found.get("CustomerOwnedIpv4Pool") or "",
        "defaultForAz": found["DefaultForAz"],
        "enableDns64": bool(found.get("EnableDns64")),
        "enableLniAtDeviceIndex": 0,
        "enableResourceNameDnsARecordOnLaunch": bool(launch.get("EnableResourceNameDnsARecord")),
        "enableResourceNameDnsAaaaRecordOnLaunch": bool(launch.get("EnableResourceNameDnsAAAARecord")),
        "filters": args.get("filters"),
        "id": found["SubnetId"],
        "ipv6CidrBlock": sixes[0]["Ipv6CidrBlock"] if sixes else "",
        "ipv6CidrBlockAssociationId": sixes[0]["AssociationId"] if sixes else "",
        "ipv6Native": bool(found.get("Ipv6Native")),
        "mapCustomerOwnedIpOnLaunch": bool(found.get("MapCustomerOwnedIpOnLaunch")),
        "mapPublicIpOnLaunch": found["MapPublicIpOnLaunch"],
        "outpostArn": found.get("OutpostArn") or "",
        "ownerId": found["OwnerId"],
        "privateDnsHostnameTypeOnLaunch": launch.get("HostnameType", "ip-name"),
        "region": ctx.region,
        "state": found["State"],
        "tags": _one.tags(found),
        "vpcId": found["VpcId"],
    }
