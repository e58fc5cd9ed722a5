"""Load what the first deployment will need while the engine is still starting."""

from __future__ import annotations

import importlib

from simcloud.cloud import Cloud
from simcloud.registry import tokens
from simcloud.schema import schema_of

_SERVICES = (
    "ec2", "iam", "s3", "kms", "secretsmanager", "logs", "elbv2", "acm", "route53", "rds", "elasticache", "ecs",
    "wafv2", "cloudfront", "cloudwatch", "sns", "application-autoscaling",
)  # fmt: skip
_MODULES = {"application-autoscaling": "applicationautoscaling"}


def warm_up(cloud: Cloud, region: str = "us-east-1") -> None:
    """Import services, their models and the schemas, one at a time so that a waiting request comes first."""
    for service in _SERVICES:
        with cloud.lock:
            importlib.import_module(f"moto.{_MODULES.get(service, service)}.responses")
            cloud.clients.get(service, region)
    for token in tokens():
        if token.startswith("aws:"):
            schema_of(token)
