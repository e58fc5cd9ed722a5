"""Who is in a VPC, as boto3 tells: everything with a network interface, by the name of its security group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any, Protocol

from tests.components.firewalls import Place


class HasClients(Protocol):
    """The simulated cloud, or boto3."""

    def client(self, service: str, region: str | None = None) -> Any: ...


@dataclass(frozen=True)
class _Seen:
    """One thing: its groups, its subnets, whether the internet can name it."""

    groups: frozenset[str]
    subnets: Sequence[str]
    public: bool
    addresses: Sequence[str] | None = None
    ipv6: bool = True


def parties(cloud: HasClients, prefix: str) -> Mapping[str, Sequence[Place]]:
    """The places of every party; its name is its group's without `prefix` and `-sg`."""
    ec2 = cloud.client("ec2")
    names = {group["GroupId"]: _name(group) for group in ec2.describe_security_groups()["SecurityGroups"]}
    blocks = {subnet["SubnetId"]: subnet for subnet in ec2.describe_subnets()["Subnets"]}
    found: dict[str, list[Place]] = {}
    for seen in [*_balancers(cloud), *_services(cloud), *_databases(cloud), *_caches(cloud), *_others(cloud)]:
        [group] = seen.groups
        name = names[group].removeprefix(f"{prefix}-").removesuffix("-sg")
        found.setdefault(name, []).extend(_places(seen, blocks))
    return {name: list(dict.fromkeys(places)) for name, places in sorted(found.items())}


def _name(group: Mapping[str, Any]) -> str:
    tags = {tag["Key"]: tag["Value"] for tag in group.get("Tags", ())}
    return str(tags.get("Name", group["GroupName"]))


def _places(seen: _Seen, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    """The first and the last address of each subnet, for a rule may cut a subnet in two."""
    for subnet in seen.subnets:
        ranges = [blocks[subnet]["CidrBlock"]]
        if seen.ipv6:
            ranges += [
                block["Ipv6CidrBlock"] for block in blocks[subnet].get("Ipv6CidrBlockAssociationSet", ())
            ]
        for cidr in ranges:
            network = ip_network(cidr)
            for address in seen.addresses or (str(network[4]), str(network[-2])):
                yield Place(address, subnet, seen.groups, seen.public)


def _balancers(cloud: HasClients) -> Iterator[_Seen]:
    for balancer in cloud.client("elbv2").describe_load_balancers()["LoadBalancers"]:
        yield _Seen(
            groups=frozenset(balancer["SecurityGroups"]),
            subnets=[zone["SubnetId"] for zone in balancer["AvailabilityZones"]],
            public=balancer["Scheme"] == "internet-facing",
            ipv6=balancer["IpAddressType"] != "ipv4",
        )


def _services(cloud: HasClients) -> Iterator[_Seen]:
    ecs = cloud.client("ecs")
    for cluster in ecs.list_clusters()["clusterArns"]:
        for arn in ecs.list_services(cluster=cluster)["serviceArns"]:
            [service] = ecs.describe_services(cluster=cluster, services=[arn])["services"]
            network = service["networkConfiguration"]["awsvpcConfiguration"]
            public = network.get("assignPublicIp") == "ENABLED"
            yield _Seen(frozenset(network["securityGroups"]), network["subnets"], public)


def _databases(cloud: HasClients) -> Iterator[_Seen]:
    for instance in cloud.client("rds").describe_db_instances()["DBInstances"]:
        yield _Seen(
            groups=frozenset(group["VpcSecurityGroupId"] for group in instance["VpcSecurityGroups"]),
            subnets=[subnet["SubnetIdentifier"] for subnet in instance["DBSubnetGroup"]["Subnets"]],
            # Members of a DB cluster are answered without it: the cluster says it.
            public=instance.get("PubliclyAccessible", False),
            ipv6=instance.get("NetworkType") == "DUAL",
        )


def _caches(cloud: HasClients) -> Iterator[_Seen]:
    caches = cloud.client("elasticache")
    groups = caches.describe_cache_subnet_groups()["CacheSubnetGroups"]
    subnets = {
        group["CacheSubnetGroupName"]: [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
        for group in groups
    }
    for cluster in caches.describe_cache_clusters()["CacheClusters"]:
        yield _Seen(
            groups=frozenset(group["SecurityGroupId"] for group in cluster["SecurityGroups"]),
            subnets=subnets[cluster["CacheSubnetGroupName"]],
            public=False,
            ipv6=cluster.get("NetworkType", "ipv4") != "ipv4",
        )


def _others(cloud: HasClients) -> Iterator[_Seen]:
    ec2 = cloud.client("ec2")
    for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]:
        if endpoint["VpcEndpointType"] == "Interface":
            groups = frozenset(group["GroupId"] for group in endpoint["Groups"])
            ipv6 = endpoint.get("IpAddressType", "ipv4") != "ipv4"
            yield _Seen(groups, endpoint["SubnetIds"], public=False, ipv6=ipv6)
    for reservation in ec2.describe_instances()["Reservations"]:
        for instance in reservation["Instances"]:
            groups = frozenset(group["GroupId"] for group in instance["SecurityGroups"])
            address = instance["PrivateIpAddress"]
            yield _Seen(
                groups, [instance["SubnetId"]], bool(instance.get("PublicIpAddress")), [address], ipv6=False
            )
