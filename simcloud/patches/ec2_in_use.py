"""EC2 refuses to remove what something else stands on; moto removes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.backends import get_backend
from moto.ec2.exceptions import DependencyViolationError, EC2ClientError
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.security_groups import SecurityGroupBackend
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend

from simcloud.patches import around


@around(SubnetBackend)
def delete_subnet(original: Any, self: Any, subnet_id: str) -> Any:
    """AWS: a subnet with a network interface in it stays; moto: it goes."""
    inside = [eni.id for eni in self.enis.values() if eni.subnet.id == subnet_id]
    inside += [
        balancer.name
        for balancer in _balancers(self)
        if subnet_id in [subnet.id for subnet in balancer.subnets]
    ]
    inside += [
        attachment.id
        for attachment in self.transit_gateway_attachments.values()
        if subnet_id in getattr(attachment, "subnet_ids", ())
    ]
    inside += [name for name, network in _services(self) if subnet_id in network.get("subnets", ())]
    if inside:
        raise _in_use("subnet", subnet_id)
    self.get_subnet(subnet_id)
    deleted = original(self, subnet_id)
    for acl in self.network_acls.values():
        gone = [key for key, association in acl._associations.items() if association.subnet_id == subnet_id]
        for key in gone:
            del acl._associations[key]
    return deleted


@around(VPCBackend)
def delete_vpc(original: Any, self: Any, vpc_id: str) -> Any:
    """AWS: a VPC with a gateway, an endpoint, a group or an ACL of one's own stays; moto looks at few of them."""
    self.get_vpc(vpc_id)
    if any(_attached_to_vpc(self, vpc_id)):
        raise _in_use("vpc", vpc_id)
    return original(self, vpc_id)


@around(SecurityGroupBackend)
def delete_security_group(
    original: Any, self: Any, name: str | None = None, group_id: str | None = None
) -> Any:
    """AWS: a group that is attached, or that another group's rule names, stays; moto: it goes."""
    group = self.get_security_group_by_name_or_id(group_id or name)
    if group is not None and any(_users_of_group(self, group)):
        raise DependencyViolationError(f"resource {group.id} has a dependent object")
    return original(self, name, group_id)


@around(ElasticAddressBackend)
def release_address(
    original: Any, self: Any, address: str | None = None, allocation_id: str | None = None
) -> Any:
    """AWS: an associated address stays; moto: it goes."""
    for item in self.addresses:
        if item.association_id and (item.allocation_id == allocation_id or item.public_ip == address):
            raise EC2ClientError(
                "InvalidIPAddress.InUse", f"The address with allocation id {item.id} is in use."
            )
    return original(self, address, allocation_id)


@around(InternetGatewayBackend)
def attach_internet_gateway(original: Any, self: Any, internet_gateway_id: str, vpc_id: str) -> Any:
    """AWS: a VPC has one internet gateway; moto: any number."""
    others = [
        gateway.id for gateway in self.internet_gateways.values() if gateway.vpc and gateway.vpc.id == vpc_id
    ]
    if others and others != [internet_gateway_id]:
        raise EC2ClientError(
            "Resource.AlreadyAssociated",
            f"Network {vpc_id} already has an internet gateway attached: {others[0]}.",
        )
    return original(self, internet_gateway_id, vpc_id)


@around(InternetGatewayBackend)
def detach_internet_gateway(original: Any, self: Any, internet_gateway_id: str, vpc_id: str) -> Any:
    """AWS: a gateway stays while public addresses are mapped through it; moto: it goes."""
    mapped = [
        address.public_ip for address in self.addresses if address.eni and address.eni.subnet.vpc_id == vpc_id
    ]
    mapped += [
        gateway.id
        for gateway in self.nat_gateways.values()
        if gateway.subnet_id is None and gateway.vpc_id == vpc_id and _lives(gateway)
    ]
    mapped += [balancer.dns_name for balancer in _balancers(self) if _is_public_in(balancer, vpc_id)]
    if mapped:
        raise DependencyViolationError(
            f"Network {vpc_id} has some mapped public address(es). "
            "Please unmap those public address(es) before detaching the gateway."
        )
    return original(self, internet_gateway_id, vpc_id)


def _attached_to_vpc(self: Any, vpc_id: str) -> Iterator[str]:
    yield from (
        gateway.id for gateway in self.internet_gateways.values() if gateway.vpc and gateway.vpc.id == vpc_id
    )
    yield from (
        point.id for point in self.vpc_end_points.values() if _lives(point) and point.vpc_id == vpc_id
    )
    yield from (group.id for group in self.groups.get(vpc_id, {}).values() if group.name != "default")
    yield from (acl.id for acl in self.network_acls.values() if acl.vpc_id == vpc_id and not acl.default)
    yield from (
        gateway.id for gateway in self.nat_gateways.values() if _lives(gateway) and gateway.vpc_id == vpc_id
    )
    yield from (
        gateway.id for gateway in self.egress_only_internet_gateways.values() if gateway.vpc_id == vpc_id
    )
    # Per general knowledge, not verified against AWS.
    yield from (
        connection.id
        for connection in self.vpc_pcxs.values()
        if vpc_id in (connection.vpc.id, connection.peer_vpc.id) and connection._status.code == "active"
    )


def _users_of_group(self: Any, group: Any) -> Iterator[str]:
    for other in self.groups.get(group.vpc_id, {}).values():
        rules = [*other.ingress_rules, *other.egress_rules]
        if other is not group and any(rule.source_group.get("GroupId") == group.id for rule in rules):
            yield other.id
    yield from (eni.id for eni in self.enis.values() if group.id in [member.id for member in eni.group_set])
    yield from (
        point.id
        for point in self.vpc_end_points.values()
        if _lives(point) and group.id in point.security_group_ids
    )
    yield from (
        balancer.name for balancer in _balancers(self) if group.id in (balancer.security_groups or ())
    )
    for database in get_backend("rds")[self.account_id][self.region_name].databases.values():
        if group.id in (database.vpc_security_group_ids or ()):
            yield database.db_instance_identifier
    for cache in get_backend("elasticache")[self.account_id][self.region_name].replication_groups.values():
        if group.id in (cache.security_group_ids or ()):
            yield cache.replication_group_id
    yield from (name for name, network in _services(self) if group.id in network.get("securityGroups", ()))


def _services(self: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The services that run, with the network of their tasks."""
    for service in get_backend("ecs")[self.account_id][self.region_name].services.values():
        network = (service.network_configuration or {}).get("awsvpcConfiguration", {})
        if service.status == "ACTIVE":
            yield service.name, network


def _balancers(self: Any) -> list[Any]:
    return list(get_backend("elbv2")[self.account_id][self.region_name].load_balancers.values())


def _is_public_in(balancer: Any, vpc_id: str) -> bool:
    return bool(balancer.vpc_id == vpc_id and balancer.scheme == "internet-facing")


def _lives(thing: Any) -> bool:
    return bool(thing.state not in ("deleted", "deleting"))


def _in_use(what: str, identity: str) -> DependencyViolationError:
    return DependencyViolationError(f"The {what} '{identity}' has dependencies and cannot be deleted.")
