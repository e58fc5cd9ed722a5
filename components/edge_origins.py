"""Where CloudFront fetches from: the application, or a bucket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge_lock import HEADER
from components.edge_paths import ONE_DAY_SECONDS

APP = "app"
_TLS = ["TLSv1.2"]


@dataclass(frozen=True, kw_only=True)
class BucketOrigin:
    """`domain` is `Bucket.regional_domain_name` of a bucket of purpose site: nobody but CloudFront reads it.

    The objects' keys are the paths. `edge_seconds` is how long the edge keeps them.
    """

    label: str
    domain: pulumi.Input[str]
    paths: Sequence[str]
    edge_seconds: int = ONE_DAY_SECONDS


@dataclass(frozen=True, kw_only=True)
class App:
    """The application: its name, what proves to it who asks, and which way leads there."""

    domain: pulumi.Input[str]
    secret: pulumi.Output[str] | None
    vpc_origin_id: pulumi.Output[str] | None
    shield_region: str | None


def app_origin(app: App) -> aws.cloudfront.DistributionOriginArgsDict:
    """The application as an origin, spoken to over TLS only."""
    origin: aws.cloudfront.DistributionOriginArgsDict = {"origin_id": APP, "domain_name": app.domain}
    if app.vpc_origin_id is not None:
        origin["vpc_origin_config"] = {"vpc_origin_id": app.vpc_origin_id}
    else:
        origin["custom_origin_config"] = {
            "origin_protocol_policy": "https-only",
            "origin_ssl_protocols": _TLS,
            "http_port": 80,
            "https_port": 443,
        }
    if app.secret is not None:
        origin["custom_headers"] = [{"name": HEADER, "value": app.secret}]
    if app.shield_region is not None:
        origin["origin_shield"] = {"enabled": True, "origin_shield_region": app.shield_region}
    return origin


def vpc_origin(
    parent: pulumi.Resource, name: str, load_balancer_arn: pulumi.Input[str], tags: Mapping[str, str]
) -> aws.cloudfront.VpcOrigin:
    """The way to a load balancer that has no public address."""
    return aws.cloudfront.VpcOrigin(
        f"{name}-origin",
        vpc_origin_endpoint_config={
            "name": f"{name}-origin",
            "arn": load_balancer_arn,
            "http_port": 80,
            "https_port": 443,
            "origin_protocol_policy": "https-only",
            "origin_ssl_protocols": {"items": _TLS, "quantity": len(_TLS)},
        },
        tags={**tags, "Name": f"{name}-origin"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def bucket_origin(
    parent: pulumi.Resource, name: str, bucket: BucketOrigin
) -> aws.cloudfront.DistributionOriginArgsDict:
    """A bucket as an origin: CloudFront signs its requests, so the bucket need not be public."""
    control = aws.cloudfront.OriginAccessControl(
        f"{name}-{bucket.label}",
        description=f"{name} reads {bucket.label}",
        origin_access_control_origin_type="s3",
        signing_behavior="always",
        signing_protocol="sigv4",
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return {"origin_id": bucket.label, "domain_name": bucket.domain, "origin_access_control_id": control.id}
