"""The metrics of a component, for whoever watches it."""

from __future__ import annotations

from components.cache import Cache
from components.cache_metrics import CacheMetrics
from components.cache_serverless_metrics import ServerlessCacheMetrics
from components.cluster import Cluster
from components.database import Database
from components.database_metrics import DatabaseMetrics
from components.gateway import Gateway, Target
from components.gateway_metrics import GatewayMetrics
from components.remote_replica import RemoteReplica
from components.service import Service
from components.service_metrics import ServiceMetrics


def of_gateway(gateway: Gateway, target: Target | None = None, *, shared: bool = False) -> GatewayMetrics:
    """The gateway's, and those of one group, or pair of groups, behind it; `shared` with other groups."""
    if target is None:
        return GatewayMetrics(load_balancer=gateway.arn_suffix)
    return GatewayMetrics(
        load_balancer=gateway.arn_suffix,
        target_group=target.arn_suffix,
        alternate_group=target.alternate.arn_suffix if target.alternate else None,
        shared=shared,
    )


def of_service(service: Service, cluster: Cluster) -> ServiceMetrics:
    """The service's, over all tasks."""
    return ServiceMetrics(cluster=cluster.name, service=service.name)


def of_database(database: Database) -> list[DatabaseMetrics]:
    """The primary's first, then each replica's."""
    replicas = [
        DatabaseMetrics(role=f"replica-{number}", identifier=identifier)
        for number, identifier in enumerate(database.replica_identifiers, start=1)
    ]
    return [DatabaseMetrics(role="primary", identifier=database.identifier), *replicas]


def of_remote_replica(replica: RemoteReplica) -> DatabaseMetrics:
    """Its one server's."""
    return DatabaseMetrics(role="replica", identifier=replica.identifier)


def of_serverless_cache(cache: Cache) -> ServerlessCacheMetrics:
    """The whole cache's: it has no nodes."""
    return ServerlessCacheMetrics(name=cache.replication_group_id)


def of_cache(cache: Cache) -> list[CacheMetrics]:
    """One per node."""
    return [CacheMetrics(role=role, node_id=node_id) for role, node_id in cache.nodes.items()]
