"""What runs: the cluster, the image registries, the services, and how they send mail and are traced."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components import account
from components.cluster import Cluster, ClusterArgs
from components.mail import Mail, MailArgs
from components.registry import Registry, RegistryArgs
from components.service import Connect, Route, Service, ServiceArgs
from components.service_grant import Grant
from components.tracing import Tracing
from stacks.parts.beside import sidecars, trace
from stacks.parts.data import Data
from stacks.parts.deployment import deployment_of, scaling_of
from stacks.parts.egress import destinations
from stacks.parts.entrance import Entrance
from stacks.parts.environment import environment, secrets
from stacks.parts.ground import Ground
from stacks.settings.root import Settings
from stacks.settings.variables import audit_log_group

_WRITE_LOG = ("logs:CreateLogStream", "logs:PutLogEvents")


@dataclass(frozen=True)
class Application:
    """The services by name, and the registries of those whose image is not elsewhere."""

    cluster: Cluster
    registries: Mapping[str, Registry]
    services: Mapping[str, Service]
    mail: Mail | None
    tracing: Tracing | None


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
    return Application(
        cluster=cluster,
        registries=registries,
        services=services,
        mail=_mail(settings, entrance) if settings.integrations.mail == "ses" else None,
        tracing=trace(settings),
    )


def _cluster(settings: Settings) -> Cluster:
    args = ClusterArgs(
        container_insights=settings.alarms.container_insights,
        namespace=settings.prefix if _called(settings) else None,
        cluster_name=settings.cluster_name,
        tags=settings.all_tags,
    )
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
        command=service.command,
        port=service.port,
        cpu=service.cpu,
        memory=service.memory,
        cpu_architecture=service.cpu_architecture,
        behind=_route(settings, entrance, name),
        connect=_connect(settings, cluster, name),
        registry=registry,
        environment=environment(settings, ground, data, name),
        secrets=secrets(settings, ground, data, name),
        sidecars=sidecars(settings, ground.secrets, name),
        grants=_grants(settings, ground),
        egress=destinations(settings, service),
        deployment=deployment_of(service),
        minimum_healthy_percent=service.deployment.minimum_healthy_percent,
        maximum_percent=service.deployment.maximum_percent,
        scaling=scaling_of(settings, name),
        desired_count=service.desired_count,
        # Without tasks there is nothing to wait for: no image, or a standby that waits itself.
        service_name=service.service_name,
        wait_for_steady_state=service.desired_count > 0,
        spot_share_percent=service.spot_share_percent,
        allow_exec=service.allow_exec,
        log_retention_days=settings.logs.application_days,
        kms_key_arn=ground.key.arn,
        tags=settings.all_tags,
    )
    return Service(f"{settings.prefix}-{name}", args)


def _route(settings: Settings, entrance: Entrance, name: str) -> Route | None:
    service = settings.services[name]
    if not service.public:
        return None
    default = name == settings.default_service
    return Route(
        gateway=entrance.gateway,
        health_path=service.health_path,
        health_seconds=service.health_seconds,
        deregistration_seconds=settings.gateway.deregistration_seconds,
        default=default,
        # The default service takes its other names as well, for it takes what nobody else takes.
        hosts=[] if default else [settings.domain.host(label) for label in service.hosts],
        paths=service.paths,
        tls=service.tls,
    )


def _called(settings: Settings) -> frozenset[str]:
    return frozenset(other for service in settings.services.values() for other in service.calls)


def _connect(settings: Settings, cluster: Cluster, name: str) -> Connect | None:
    """A name for those that are called, and eyes for those that call."""
    if cluster.namespace_arn is None:
        return None
    if name in _called(settings):
        proxy = settings.services[name].call_port
        return Connect(namespace_arn=cluster.namespace_arn, name=name, proxy_port=proxy)
    return Connect(namespace_arn=cluster.namespace_arn) if settings.services[name].calls else None


def _grants(settings: Settings, ground: Ground) -> list[Grant]:
    if not settings.application.audit_log:
        return []
    streams = f"log-group:{audit_log_group(settings)}:*"
    arn = account.current(ground.network).apply(lambda here: here.arn("logs", streams))
    return [Grant(sid="WriteAuditLog", actions=_WRITE_LOG, resources=[arn])]


def _mail(settings: Settings, entrance: Entrance) -> Mail:
    args = MailArgs(
        domain=settings.domain.zone_name,
        dns=entrance.dns,
        sender=settings.integrations.mail_sender,
        tags=settings.all_tags,
    )
    return Mail(f"{settings.prefix}-mail", args)
