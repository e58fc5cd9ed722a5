"""What runs: the cluster, the image registry, the service and the environment that it sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.cluster import Cluster, ClusterArgs
from components.registry import Registry, RegistryArgs
from components.secret_ref import SecretRef
from components.service import Route, Scaling, Service, ServiceArgs
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.settings import scaling as settings_of_scaling
from stacks.settings import service as settings_of_service
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Application:
    """The services by name, and the registries of those whose image is not elsewhere."""

    cluster: Cluster
    registries: Mapping[str, Registry]
    services: Mapping[str, Service]


def run_application(settings: Settings, ground: Ground, entrance: Entrance, data: Data) -> Application:
    """The application's tasks, told where their data is and behind the entrance."""
    cluster = _cluster(settings)
    registries = {
        name: _registry(settings, ground, name)
        for name, one in settings.services.items()
        if one.image is None
    }
    services = {
        name: _service(settings, ground, entrance, data, cluster, name, registries.get(name))
        for name in settings.services
    }
    return Application(cluster=cluster, registries=registries, services=services)


def _cluster(settings: Settings) -> Cluster:
    args = ClusterArgs(container_insights=settings.alarms.container_insights, tags=settings.all_tags)
    return Cluster(f"{settings.prefix}-cluster", args)


def _registry(settings: Settings, ground: Ground, name: str) -> Registry:
    args = RegistryArgs(
        kms_key_arn=ground.key.arn,
        force_delete=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Registry(f"{settings.prefix}-{name}-images", args)


def _service(
    settings: Settings,
    ground: Ground,
    entrance: Entrance,
    data: Data,
    cluster: Cluster,
    name: str,
    registry: Registry | None,
) -> Service:
    service = settings.services[name]
    args = ServiceArgs(
        cluster=cluster,
        vpc_id=ground.network.vpc_id,
        subnet_ids=ground.network.private_subnet_ids,
        image=service.image or pulumi.Output.concat(registry.url if registry else "", ":", service.version),
        port=service.port,
        cpu=service.cpu,
        memory=service.memory,
        behind=_route(settings, entrance, name),
        registry=registry,
        environment={**service.environment, **_environment(settings, ground, data, service)},
        secrets=_secrets(settings, ground, data),
        scaling=_scaling(service.scaling),
        desired_count=service.desired_count,
        log_retention_days=settings.logs.application_days,
        kms_key_arn=ground.key.arn,
        spot_share_percent=service.spot_share_percent,
        tags=settings.all_tags,
    )
    return Service(f"{settings.prefix}-{name}", args)


def _route(settings: Settings, entrance: Entrance, name: str) -> Route | None:
    service = settings.services[name]
    if not service.public:
        return None
    return Route(
        gateway=entrance.gateway,
        health_path=service.health_path,
        health_seconds=service.health_seconds,
        deregistration_seconds=settings.gateway.deregistration_seconds,
        default=name == settings.default_service,
        hosts=[settings.domain.host(label) for label in service.hosts if label != "@"],
        paths=service.paths,
    )


def _scaling(scaling: settings_of_scaling.Scaling | None) -> Scaling | None:
    if scaling is None:
        return None
    return Scaling(
        min=scaling.min,
        max=scaling.max,
        cpu_percent=scaling.cpu_percent,
        memory_percent=scaling.memory_percent,
        requests_per_target=scaling.requests_per_target,
    )


def _environment(
    settings: Settings, ground: Ground, data: Data, service: settings_of_service.Service
) -> dict[str, pulumi.Input[str]]:
    """The variables named in `stacks.settings.variables.PLAIN_VARIABLES`."""
    database, cache = data.database, data.cache
    assert database is not None and cache is not None and settings.database is not None
    return {
        "LOG_LEVEL": settings.application.log_level,
        "APP_ENVIRONMENT": settings.environment,
        "APP_URL": f"https://{settings.domain.zone_name}",
        "AWS_REGION": settings.region,
        "PORT": str(service.port),
        "DATABASE_HOST": database.endpoint,
        "DATABASE_READER_HOSTS": _joined(database.reader_endpoints),
        "DATABASE_PORT": str(database.port),
        "DATABASE_NAME": settings.database.database_name,
        "DATABASE_POOL_SIZE": str(service.connection_pool_size),
        "REDIS_HOST": cache.primary_endpoint,
        "REDIS_READER_HOST": cache.reader_endpoint,
        "REDIS_PORT": str(cache.port),
        "UPLOAD_BUCKET": ground.uploads.name,
    }


def _joined(hosts: Sequence[pulumi.Output[str]]) -> pulumi.Output[str]:
    return pulumi.Output.all(*hosts).apply(",".join)


def _secrets(settings: Settings, ground: Ground, data: Data) -> dict[str, SecretRef]:
    """The variables named in `stacks.settings.variables.SECRET_VARIABLES`, and one per slot."""
    assert data.database is not None and data.cache is not None
    slots = {declared.variable: ground.secrets.ref(slot) for slot, declared in settings.secrets.slots.items()}
    return {
        **slots,
        "DATABASE_USERNAME": data.database.secret.field("username"),
        "DATABASE_PASSWORD": data.database.secret.field("password"),
        "REDIS_TOKEN": data.cache.secret,
    }
