"""How many of something there would be with one more: counted in moto's own tables, without an API call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from moto.backends import get_backend

from simcloud.values import Props

if TYPE_CHECKING:
    from simcloud.context import Context

Used = Callable[["Context", Props], int]
Some = Callable[[Any, Props], Iterable[Any]]
When = Callable[[Props], bool]


def _always(_new: Props) -> bool:
    return True


def backend(ctx: Context, service: Any, region: str | None = None) -> Any:
    """moto's tables of a service where the resource is made."""
    return get_backend(service)[ctx.account][region or ctx.region]


def one_more(service: Any, table: str, region: str | None = None) -> Used:
    """Of everything in a table. `region` for services that live outside regions."""
    return lambda ctx, _new: len(getattr(backend(ctx, service, region), table)) + 1


def one_more_of(service: Any, some: Some, region: str | None = None, when: When = _always) -> Used:
    """Of what `some` finds in the tables for the new resource; nothing is used up if it is not one of `when`."""
    return lambda ctx, new: sum(1 for _ in some(backend(ctx, service, region), new)) + 1 if when(new) else 0


def recorded(token: str, *, regional: bool = False) -> Used:
    """Of a type that simcloud keeps itself, in all regions or in one."""
    return lambda ctx, _new: (
        sum(1 for key, _ in ctx.store.scan(token) if not regional or key.startswith(f"{ctx.region}/")) + 1
    )


def given(name: str, *values: Any) -> When:
    """Resources whose property `name` is one of `values`, or is there at all."""
    return lambda new: new.get(name) in values if values else bool(new.get(name))


def items(*properties: str) -> Used:
    """Entries of a list among the properties, such as `networkConfiguration`, `securityGroups`."""
    return lambda _ctx, new: _items(new, properties)


def _items(new: Props, path: tuple[str, ...]) -> int:
    value: Any = new
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return len(value) if isinstance(value, Collection) else 0


def own_vpcs(ec2: Any, _new: Props) -> Iterable[Any]:
    """VPCs but the default one, which many accounts delete."""
    return (vpc for vpc in ec2.vpcs.values() if not vpc.is_default)


def own_internet_gateways(ec2: Any, _new: Props) -> Iterable[Any]:
    """Internet gateways but that of the default VPC."""
    return (
        gateway
        for gateway in ec2.internet_gateways.values()
        if gateway.vpc is None or not gateway.vpc.is_default
    )


def subnets_of_vpc(ec2: Any, new: Props) -> Iterable[Any]:
    """Subnets of the VPC."""
    zones = ec2.subnets.values()
    return (subnet for zone in zones for subnet in zone.values() if subnet.vpc_id == new["vpcId"])


def tables_of_vpc(ec2: Any, new: Props) -> Iterable[Any]:
    """Route tables of the VPC but the main one, which the quota leaves out."""
    tables = ec2.route_tables.values()
    return (table for table in tables if table.vpc_id == new["vpcId"] and not table.main_association_id)


def acls_of_vpc(ec2: Any, new: Props) -> Iterable[Any]:
    """Network ACLs of the VPC."""
    return (acl for acl in ec2.network_acls.values() if acl.vpc_id == new["vpcId"])


def routes_of_table(ec2: Any, new: Props) -> Iterable[Any]:
    """Routes of the table that were added to the local one."""
    table = ec2.route_tables.get(new["routeTableId"])
    return [route for route in vars(table)["_routes"].values() if not route.local] if table else ()


def nat_gateways_of_zone(ec2: Any, new: Props) -> Iterable[Any]:
    """NAT gateways in the zone of the subnet, but for those that go or are gone."""
    zone = _zone(ec2, new.get("subnetId"))
    gateways = ec2.nat_gateways.values()
    return (
        found
        for found in gateways
        if not found.state.startswith("delet") and _zone(ec2, found.subnet_id) == zone
    )


def _zone(ec2: Any, subnet_id: Any) -> Any:
    return next((zone for zone, subnets in ec2.subnets.items() if subnet_id in subnets), None)


def groups(ec2: Any, _new: Props) -> Iterable[Any]:
    """Security groups of every VPC."""
    return (group for of_vpc in ec2.groups.values() for group in of_vpc)


def endpoints(kind: str) -> Some:
    """VPC endpoints of a kind in the VPC (interface) or the region (gateway)."""
    return lambda ec2, new: (
        found
        for found in ec2.vpc_end_points.values()
        if str(found.vpc_endpoint_type).lower() == kind.lower()
        and found.state != "deleted"
        and (kind == "Gateway" or found.vpc_id == new["vpcId"])
    )


def balancers(kind: str) -> Some:
    """Load balancers of a type."""
    return lambda elb, _new: (found for found in elb.load_balancers.values() if found.type == kind)


def listeners(elb: Any, new: Props) -> Iterable[Any]:
    """Listeners of the load balancer."""
    balancer = elb.load_balancers.get(new.get("loadBalancerArn"))
    return balancer.listeners.values() if balancer else ()


def listener_rules(elb: Any, new: Props) -> Iterable[Any]:
    """Rules of all listeners of the load balancer, without the default ones."""
    balancer = _balancer_of(elb, new["listenerArn"])
    found = balancer.listeners.values() if balancer else ()
    return (rule for listener in found for rule in vars(listener)["_non_default_rules"])


def listener_certificates(elb: Any, new: Props) -> Iterable[Any]:
    """Certificates of all listeners of the load balancer, without the default ones."""
    balancer = _balancer_of(elb, new["listenerArn"])
    found = balancer.listeners.values() if balancer else ()
    return (held for listener in found for held in listener.certificates[1:])


def _balancer_of(elb: Any, listener_arn: Any) -> Any:
    return next((held for held in elb.load_balancers.values() if listener_arn in held.listeners), None)


def replicas(rds: Any, new: Props) -> Iterable[Any]:
    """Read replicas of the source of a new one."""
    source = new.get("replicateSourceDb")
    found = rds.databases.get(str(source).rsplit(":", 1)[-1]) if source else None
    return found.replicas if found else ()


def cache_nodes(_ctx: Context, new: Props) -> int:
    """Nodes that a replication group asks for."""
    shards, replicas_each = new.get("numNodeGroups"), new.get("replicasPerNodeGroup")
    if isinstance(shards, int):
        return shards * (1 + int(replicas_each or 0))
    return int(new.get("numCacheClusters") or 1)


def own_policies(iam: Any, _new: Props) -> Iterable[Any]:
    """Managed policies of the account."""
    return [arn for arn in iam.managed_policies if not arn.startswith("arn:aws:iam::aws:")]


def other_policies_of_role(iam: Any, new: Props) -> Iterable[Any]:
    """Managed policies attached to the role, but for the one at hand."""
    found = iam.roles.values()
    role = next((held for held in found if held.name == new.get("role")), None)
    return (arn for arn in role.managed_policies if arn != new.get("policyArn")) if role else ()


def filters_of_group(logs: Any, new: Props) -> Iterable[Any]:
    """Metric filters of the log group."""
    filters = logs.filters.metric_filters
    return (held for held in filters if held["logGroupName"] == new.get("logGroupName"))
