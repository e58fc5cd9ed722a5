"""What runs: the cluster, the image registry, the service and the environment that it sees."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.cluster import Cluster, ClusterArgs
from components.registry import Registry, RegistryArgs
from components.secret_ref import SecretRef
from components.service import Scaling, Service, ServiceArgs
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Application:
    """The service and what it needs to exist."""

    cluster: Cluster
    registry: Registry
    service: Service


def run_application(settings: Settings, ground: Ground, entrance: Entrance, data: Data) -> Application:
    """The application's tasks, told where their data is and behind the entrance."""
    cluster = _cluster(settings)
    registry = _registry(settings, ground)
    service = _service(settings, ground, entrance, data, cluster, registry)
    return Application(cluster=cluster, registry=registry, service=service)


def _cluster(settings: Settings) -> Cluster:
    args = ClusterArgs(container_insights=settings.service.container_insights, tags=settings.all_tags)
    return Cluster(f"{settings.prefix}-cluster", args)


def _registry(settings: Settings, ground: Ground) -> Registry:
    args = RegistryArgs(
        kms_key_arn=ground.key.arn,
        force_delete=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Registry(f"{settings.prefix}-images", args)


def _service(
    settings: Settings, ground: Ground, entrance: Entrance, data: Data, cluster: Cluster, registry: Registry
) -> Service:
    service = settings.service
    args = ServiceArgs(
        cluster=cluster,
        vpc_id=ground.network.vpc_id,
        subnet_ids=ground.network.private_subnet_ids,
        image=service.image or pulumi.Output.concat(registry.url, ":", service.version),
        port=service.port,
        cpu=service.cpu,
        memory=service.memory,
        target=entrance.target,
        registry=None if service.image else registry,
        environment={**service.environment, **_environment(settings, ground, data)},
        secrets=_secrets(settings, ground, data),
        scaling=_scaling(settings),
        desired_count=service.desired_count,
        log_retention_days=settings.logs.application_days,
        kms_key_arn=ground.key.arn,
        spot_share_percent=service.spot_share_percent,
        tags=settings.all_tags,
    )
    return Service(f"{settings.prefix}-web", args)


def _scaling(settings: Settings) -> Scaling | None:
    scaling = settings.service.scaling
    return Scaling(**scaling.model_dump()) if scaling else None


def _environment(settings: Settings, ground: Ground, data: Data) -> dict[str, pulumi.Input[str]]:
    """The variables named in `stacks.settings.variables.PLAIN_VARIABLES`."""
    database, cache = data.database, data.cache
    return {
        "APP_ENVIRONMENT": settings.environment,
        "APP_URL": f"https://{settings.domain.zone_name}",
        "AWS_REGION": settings.region,
        "PORT": str(settings.service.port),
        "DATABASE_HOST": database.endpoint,
        "DATABASE_READER_HOSTS": _joined(database.reader_endpoints),
        "DATABASE_PORT": str(database.port),
        "DATABASE_NAME": settings.database.database_name,
        "DATABASE_POOL_SIZE": str(settings.service.connection_pool_size),
        "REDIS_HOST": cache.primary_endpoint,
        "REDIS_READER_HOST": cache.reader_endpoint,
        "REDIS_PORT": str(cache.port),
        "UPLOAD_BUCKET": ground.uploads.name,
    }


def _joined(hosts: Sequence[pulumi.Output[str]]) -> pulumi.Output[str]:
    return pulumi.Output.all(*hosts).apply(",".join)


def _secrets(settings: Settings, ground: Ground, data: Data) -> dict[str, SecretRef]:
    """The variables named in `stacks.settings.variables.SECRET_VARIABLES`, and one per slot."""
    slots = {declared.variable: ground.secrets.ref(slot) for slot, declared in settings.secrets.slots.items()}
    return {
        **slots,
        "DATABASE_USERNAME": data.database.secret.field("username"),
        "DATABASE_PASSWORD": data.database.secret.field("password"),
        "REDIS_TOKEN": data.cache.secret,
    }
