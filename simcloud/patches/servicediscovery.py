"""Cloud Map as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.backends import get_backend
from moto.core.exceptions import JsonRESTError
from moto.servicediscovery import models
from moto.servicediscovery.models import ServiceDiscoveryBackend

from simcloud.patches import around


@around(ServiceDiscoveryBackend)
def create_http_namespace(original: Any, self: Any, name: str, *args: Any, **given: Any) -> Any:
    """AWS: a name is given once to namespaces without DNS; moto: any number of times."""
    if any(namespace.name == name and namespace.type == "HTTP" for namespace in self.namespaces.values()):
        raise _error("NamespaceAlreadyExists", f"The namespace {name} already exists.")
    return original(self, name, *args, **given)


@around(ServiceDiscoveryBackend)
def create_private_dns_namespace(original: Any, self: Any, **given: Any) -> Any:
    """AWS: a VPC has many namespaces of different names; moto: one, in a zone of a made-up name and of no VPC."""
    vpc, name = given["vpc"], given["name"]
    if vpc not in get_backend("ec2")[self.account_id][self.region_name].vpcs:
        raise _error("InvalidInput", f"VPC {vpc} does not exist.")
    held = {key: space.vpc for key, space in self.namespaces.items()}
    if any(space.name == name and space.vpc == vpc for space in self.namespaces.values()):
        raise _error("ConflictingDomainExists", f"The VPC {vpc} has a private namespace {name} already.")
    for key in held:
        self.namespaces[key].vpc = None
    try:
        operation = original(self, **given)
    finally:
        for key, owner in held.items():
            self.namespaces[key].vpc = owner
    zone = _named(self, operation)
    zone.add_vpc(vpc, self.region_name)
    return operation


@around(ServiceDiscoveryBackend)
def create_public_dns_namespace(original: Any, self: Any, **given: Any) -> Any:
    """AWS: the zone has the namespace's name; moto: another one."""
    operation = original(self, **given)
    _named(self, operation)
    return operation


@around(ServiceDiscoveryBackend)
def delete_namespace(original: Any, self: Any, namespace_id: str) -> Any:
    """AWS: a namespace with services stays, and its zone goes with it; moto: it goes, and the zone stays."""
    if any(service.namespace_id == namespace_id for service in self.services.values()):
        raise _error(
            "ResourceInUse",
            f"The namespace {namespace_id} contains services: delete them before the namespace.",
        )
    zone = self.get_namespace(namespace_id).dns_properties.get("HostedZoneId")
    operation = original(self, namespace_id)
    if zone:
        _zones(self).pop(zone.removeprefix("/hostedzone/"), None)
    return operation


@around(ServiceDiscoveryBackend)
def create_service(original: Any, self: Any, **given: Any) -> Any:
    """AWS: a service is of a namespace that exists, and of a type; moto: of any, and of none."""
    dns = given.get("dns_config") or {}
    namespace = self.get_namespace(given.get("namespace_id") or dns.get("NamespaceId") or "")
    given["namespace_id"] = namespace.id
    for other in self.services.values():
        if other.namespace_id == namespace.id and other.name.lower() == given["name"].lower():
            raise _error("ServiceAlreadyExists", f"Service {given['name']} already exists in {namespace.id}.")
    if namespace.type == "HTTP" and dns:
        raise _error("InvalidInput", "A service of an HTTP namespace cannot have a DnsConfig.")
    if not given.get("service_type"):
        given["service_type"] = "HTTP" if namespace.type == "HTTP" or not dns else "DNS_HTTP"
    if dns:
        given["dns_config"] = {"RoutingPolicy": "MULTIVALUE", **dns, "NamespaceId": namespace.id}
    if given.get("health_check_custom_config") is not None:
        given["health_check_custom_config"] = {"FailureThreshold": 1}
    return original(self, **given)


@around(models.Service)
def update(original: Any, self: Any, details: dict[str, Any]) -> None:
    """AWS: what an update leaves out is taken away; moto: a health check stays."""
    kept = self.dns_config
    original(self, details)
    if kept and "DnsConfig" in details:
        self.dns_config = {**kept, **(self.dns_config or {})}
    self.health_check_config = details.get("HealthCheckConfig")


@around(ServiceDiscoveryBackend)
def delete_service(original: Any, self: Any, service_id: str) -> Any:
    """AWS: a service with instances stays, those of ECS included; moto: it goes."""
    service = self.get_service(service_id)
    if service.instances or any(_registering(self, service.arn)):
        raise _error("ResourceInUse", f"Service {service_id} contains registered instances.")
    return original(self, service_id)


def _registering(self: Any, arn: str) -> list[str]:
    """The ECS services whose running tasks are instances of the Cloud Map service."""
    services = get_backend("ecs")[self.account_id][self.region_name].services.values()
    return [
        service.name
        for service in services
        if service.status == "ACTIVE"
        and service.desired_count
        and any(registry.get("registryArn") == arn for registry in service.service_registries or ())
    ]


def _named(self: Any, operation: str) -> Any:
    """Give the zone of a new namespace the namespace's name."""
    namespace = self.namespaces[self.operations[operation].targets["NAMESPACE"]]
    zone = _zones(self)[namespace.dns_properties["HostedZoneId"].removeprefix("/hostedzone/")]
    made_up, zone.name = zone.name, f"{namespace.name}."
    for record in zone.rrsets:
        record.name = record.name.replace(made_up, zone.name)
    return zone


def _zones(self: Any) -> dict[str, Any]:
    zones: dict[str, Any] = get_backend("route53")[self.account_id]["aws"].zones
    return zones


def _error(code: str, text: str) -> JsonRESTError:
    return JsonRESTError(code, text)
