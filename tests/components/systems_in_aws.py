"""The five systems as far as their firewalls go: entrance, services, data, and who talks to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from components.cache import Cache, CacheArgs, CacheEngine
from components.certificate import Certificate, CertificateArgs
from components.cluster import Cluster, ClusterArgs
from components.database import NO_ROTATION, Database, DatabaseArgs, Engine
from components.destination import Destination
from components.dns import Dns, DnsArgs
from components.gateway import CLOUDFRONT_PREFIX_LIST, Gateway, GatewayArgs, Ingress
from components.key import Key, KeyArgs
from components.network import Network, NetworkArgs, Walls
from components.service import Service, ServiceArgs

WORLD = "0.0.0.0/0"
ANYBODY = Ingress(cidrs=[WORLD])
CLOUDFRONT = Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST)
# A few of https://www.cloudflare.com/ips-v4; that the real ones are used is a matter of the edge's own tests.
CLOUDFLARE = Ingress(cidrs=["173.245.48.0/20", "103.21.244.0/22", "141.101.64.0/18", "162.158.0.0/15"])


def out(*ports: int) -> Sequence[Destination]:
    """Leave to open connections to these ports of the whole internet."""
    return [Destination(port, WORLD, "Outbound allow-list") for port in ports]


def walled(**more: Any) -> NetworkArgs:
    """A network whose walls come from the relations."""
    return NetworkArgs(cidr_block="10.0.0.0/16", walls=Walls.RELATIONS, **more)


@dataclass(frozen=True, kw_only=True)
class App:
    """One service: its port, its destinations, whether it uses the data."""

    port: int
    egress: Sequence[Destination] = field(default_factory=lambda: out(443))
    data: bool = True


@dataclass(frozen=True, kw_only=True)
class System:
    """What differs between the systems. `endpoints`: its services reach AWS through the network's endpoints."""

    ingress: Ingress
    apps: Mapping[str, App]
    engine: Engine = Engine.POSTGRES
    version: str = "16"
    cache: CacheEngine = CacheEngine.REDIS
    cache_version: str = "7.1"
    replicas: int = 0
    network: NetworkArgs = field(default_factory=walled)
    endpoints: bool = False


def bring_up(name: str, system: System) -> None:
    """The system's components, related and walled in."""
    key = Key(f"{name}-data", KeyArgs(alias=f"{name}-data", description="Data"))
    network = Network(f"{name}-network", system.network)
    gateway = _gateway(name, system, network)
    database, cache = _database(name, system, network, key), _cache(name, system, network, key)
    cluster = Cluster(f"{name}-cluster", ClusterArgs(container_insights=False))
    services = {
        app: _service(f"{name}-{app}", wish, network, gateway, cluster, first=number == 0)
        for number, (app, wish) in enumerate(system.apps.items())
    }
    for app, service in services.items():
        service.allow_from(gateway)
        if system.endpoints:
            network.endpoints.allow_from(service)
        if system.apps[app].data:
            database.allow_from(service)
            cache.allow_from(service)
    if system.network.walls is Walls.RELATIONS:
        network.wall_in(public=[gateway], private=list(services.values()), database=[database, cache])


def _gateway(name: str, system: System, network: Network) -> Gateway:
    dns = Dns(f"{name}-dns", DnsArgs(zone_name="plinth-system.app"))
    proof = CertificateArgs(domain_name="plinth-system.app", zone_id=dns.zone_id)
    args = GatewayArgs(
        vpc_id=network.vpc_id,
        subnet_ids=network.public_subnet_ids,
        certificate_arn=Certificate(f"{name}-certificate", proof).arn,
        ingress=system.ingress,
        deletion_protection=False,
    )
    return Gateway(f"{name}-gateway", args)


def _service(
    name: str, app: App, network: Network, gateway: Gateway, cluster: Cluster, *, first: bool
) -> Service:
    paths = () if first else (f"/{name}/*",)
    args = ServiceArgs(
        cluster=cluster,
        vpc_id=network.vpc_id,
        subnet_ids=network.private_subnet_ids,
        image=f"public.ecr.aws/nginx/nginx@sha256:{'0' * 64}",
        port=app.port,
        cpu=256,
        memory=512,
        target=gateway.target(name, app.port, "/health", default=first, paths=paths),
        egress=app.egress,
    )
    return Service(name, args)


def _database(name: str, system: System, network: Network, key: Key) -> Database:
    args = DatabaseArgs(
        engine=system.engine,
        engine_version=system.version,
        instance_class="db.t4g.medium",
        storage_gb=20,
        max_storage_gb=50,
        multi_az=True,
        replicas=system.replicas,
        rotation=NO_ROTATION,
        vpc_id=network.vpc_id,
        subnet_ids=network.database_subnet_ids,
        availability_zones=network.availability_zones,
        kms_key_arn=key.arn,
        backup_retention_days=7,
        deletion_protection=False,
        final_snapshot=False,
        database_name="app",
        username="app",
    )
    return Database(f"{name}-database", args)


def _cache(name: str, system: System, network: Network, key: Key) -> Cache:
    args = CacheArgs(
        engine=system.cache,
        engine_version=system.cache_version,
        node_type="cache.t4g.small",
        replicas=1,
        multi_az=True,
        vpc_id=network.vpc_id,
        subnet_ids=network.database_subnet_ids,
        kms_key_arn=key.arn,
        snapshot_retention_days=0,
    )
    return Cache(f"{name}-cache", args)
