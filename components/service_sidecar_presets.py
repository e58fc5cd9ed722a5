"""Sidecars that many services want, with no more rights than they need."""

from __future__ import annotations

import pulumi

from components.secret_ref import SecretRef
from components.service_grant import Grant
from components.service_sidecar import LogRouter, Sidecar
from components.xray_policy import HAND_IN_TRACES

_SHIPPING = ("firehose:PutRecordBatch",)


def tracing(image: pulumi.Input[str], *, cpu: int = 64, memory: int = 128) -> Sidecar:
    """AWS's OpenTelemetry collector, which sends what the application traces to X-Ray.

    `image`: public.ecr.aws/aws-observability/aws-otel-collector by digest.
    """
    return Sidecar(
        name="tracing",
        image=image,
        # The file lies in the image: aws-observability/aws-otel-collector, config/ecs/ecs-xray.yaml.
        command=["--config=/etc/ecs/ecs-xray.yaml"],
        health_command=["CMD", "/healthcheck"],
        cpu=cpu,
        memory=memory,
        app_environment={"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4317"},
        grants=[Grant(sid="SendTraces", actions=HAND_IN_TRACES, resources=["*"])],
    )


def datadog(
    image: pulumi.Input[str],
    api_key: SecretRef,
    *,
    environment: str,
    service: str,
    version: str,
    site: str = "datadoghq.com",
    cpu: int = 64,
    memory: int = 256,
) -> Sidecar:
    """Datadog's agent: metrics of all containers of the task, and the traces that the application hands it.

    `image`: public.ecr.aws/datadog/agent by digest. `environment`, `service` and `version` are how Datadog shows it.
    """
    return Sidecar(
        name="datadog-agent",
        image=image,
        health_command=["CMD-SHELL", "agent health"],
        # Datadog: "Amazon ECS on AWS Fargate", read 2026-11. Without ECS_FARGATE it looks for a Docker socket.
        environment={"ECS_FARGATE": "true", "DD_APM_ENABLED": "true", "DD_SITE": site, "DD_ENV": environment},
        secrets={"DD_API_KEY": api_key},
        # Its configuration lies on the root, where it writes at the start (Datadog: "Read-only root filesystem").
        read_only_root=False,
        cpu=cpu,
        memory=memory,
        app_environment={
            "DD_AGENT_HOST": "localhost",
            "DD_ENV": environment,
            "DD_SERVICE": service,
            "DD_VERSION": version,
        },
    )


def logs_to_cloudwatch(image: pulumi.Input[str], *, cpu: int = 64, memory: int = 128) -> Sidecar:
    """Fluent Bit before the service's own log group: the place for parsing and redaction.

    `image`: public.ecr.aws/aws-observability/aws-for-fluent-bit by digest.
    """
    options = {
        "Name": "cloudwatch_logs",
        "region": "{region}",
        "log_group_name": "{log_group}",
        "log_stream_prefix": "app/",
        "auto_create_group": "false",
    }
    return _router(image, LogRouter(options=options), cpu, memory, writes_to_log_group=True)


def logs_to_firehose(
    image: pulumi.Input[str],
    stream_name: pulumi.Input[str],
    stream_arn: pulumi.Input[str],
    *,
    cpu: int = 64,
    memory: int = 128,
) -> Sidecar:
    """Fluent Bit before a Firehose stream: to S3, OpenSearch or a third party."""
    router = LogRouter(
        options={"Name": "kinesis_firehose", "region": "{region}", "delivery_stream": stream_name}
    )
    return _router(
        image, router, cpu, memory, Grant(sid="ShipLogs", actions=_SHIPPING, resources=[stream_arn])
    )


def _router(
    image: pulumi.Input[str],
    router: LogRouter,
    cpu: int,
    memory: int,
    *grants: Grant,
    writes_to_log_group: bool = False,
) -> Sidecar:
    return Sidecar(
        name="log-router",
        image=image,
        # Without it the application's output has nowhere to go.
        essential=True,
        # aws/aws-for-fluent-bit#928, fluent/fluent-bit#7308: it does not start on a read-only root.
        read_only_root=False,
        cpu=cpu,
        memory=memory,
        log_router=router,
        writes_to_log_group=writes_to_log_group,
        grants=grants,
    )
