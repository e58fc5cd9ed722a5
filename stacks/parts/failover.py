"""Which region a name leads to: the first while it answers, else the second."""

from components.dns import Dns, FailoverRole, FailoverTarget
from components.dns_zone import label_of
from stacks.parts.entrance import Entrance, turned_by_failover
from stacks.parts.names import service_names
from stacks.settings.root import Settings


def turn_by_health(settings: Settings, entrance: Entrance) -> None:
    """The records of this region: the other region's stack writes theirs into the same zone."""
    zone = entrance.dns
    if not turned_by_failover(settings) or not isinstance(zone, Dns):
        return
    target = _target(settings, zone, entrance)
    for host in service_names(settings):
        zone.failover(label_of(host, zone.zone_name), host, target, ipv6=settings.network.ipv6)


def _target(settings: Settings, zone: Dns, entrance: Entrance) -> FailoverTarget:
    """The load balancer, asked under its own name for the health of the service that has the name @.

    One health check for all names: a region is left as a whole, for its services call each other.
    """
    assert settings.default_service is not None
    path, gateway = settings.services[settings.default_service].health_path, entrance.gateway
    return FailoverTarget(
        role=FailoverRole.SECONDARY if settings.standby else FailoverRole.PRIMARY,
        domain=gateway.dns_name,
        zone_id=gateway.zone_id,
        health_check_id=zone.health_check("region", gateway.dns_name, path),
    )
