"""Service Connect: one service finds another by a short name, through a proxy in each task."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError

PORT_NAME = "app"


@dataclass(frozen=True, kw_only=True)
class Connect:
    """`namespace_arn` is an `aws.servicediscovery.HttpNamespace`; without `name` the service only calls others.

    Others in the namespace reach it as `http://<name>:<port>` (the container's port unless given), if the
    relation allows them. `proxy_port` is what the proxy in each task listens on: without it, it takes what comes to
    the container's port, from callers and load balancer alike; with it, that port is the load balancer's alone.
    """

    namespace_arn: pulumi.Input[str]
    name: str | None = None
    port: int | None = None
    proxy_port: int | None = None


def check_connect(where: str, connect: Connect) -> None:
    """Refuses a port without a name to reach it by."""
    for argument in ("port", "proxy_port"):
        port = getattr(connect, argument)
        if port is not None and connect.name is None:
            raise ComponentError(
                where,
                f"{argument} {port} in Service Connect without a name",
                expected=f"`name` beside `{argument}`: it is what others call",
                fix=f"name the service, or drop {argument}",
            )


def configuration(
    connect: Connect,
    container_port: int,
    log_group: pulumi.Input[str],
    region: pulumi.Input[str],
) -> aws.ecs.ServiceServiceConnectConfigurationArgs:
    """What the service says of it; the proxy logs beside the application."""
    return aws.ecs.ServiceServiceConnectConfigurationArgs(
        enabled=True,
        namespace=connect.namespace_arn,
        services=_offered(connect, container_port),
        log_configuration=aws.ecs.ServiceServiceConnectConfigurationLogConfigurationArgs(
            log_driver="awslogs",
            options={
                "awslogs-group": log_group,
                "awslogs-region": region,
                "awslogs-stream-prefix": "connect",
            },
        ),
    )


def _offered(
    connect: Connect, container_port: int
) -> list[aws.ecs.ServiceServiceConnectConfigurationServiceArgs] | None:
    if connect.name is None:
        return None
    alias = aws.ecs.ServiceServiceConnectConfigurationServiceClientAliasArgs(
        port=connect.port or container_port, dns_name=connect.name
    )
    return [
        aws.ecs.ServiceServiceConnectConfigurationServiceArgs(
            port_name=PORT_NAME,
            discovery_name=connect.name,
            client_alias=[alias],
            # AWS: ECS API reference, ServiceConnectService.ingressPortOverride, read 2026-11
            ingress_port_override=connect.proxy_port,
        )
    ]
