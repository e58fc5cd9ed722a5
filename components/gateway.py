"""The entrance of an environment: an HTTPS load balancer in the public subnets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

CLOUDFRONT_PREFIX_LIST = "com.amazonaws.global.cloudfront.origin-facing"


@dataclass(frozen=True, kw_only=True)
class Ingress:
    """Who may connect: the addresses of a CDN, by its managed prefix list, or CIDRs; exactly one of the two."""

    prefix_list_name: str | None = None
    cidrs: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class GatewayArgs:
    """`access_log_bucket` is a bucket of purpose logs with the writer alb; `vpc_id` owns `subnet_ids`."""

    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    certificate_arn: pulumi.Input[str]
    ingress: Ingress
    access_log_bucket: pulumi.Input[str] | None = None
    deletion_protection: bool = True
    idle_timeout_seconds: int = 60
    tls_policy: str = "ELBSecurityPolicy-TLS13-1-2-2021-06"
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A group of addresses behind a gateway; `arn` is known only once the gateway forwards to it."""

    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]
    listener_arn: pulumi.Output[str]
    port: int


class Gateway(pulumi.ComponentResource):
    """An application load balancer: HTTPS, and HTTP only to redirect to it."""

    component_name: str
    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]
    dns_name: pulumi.Output[str]
    zone_id: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    https_listener_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: GatewayArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:gateway:Gateway", name, {}, opts)

    def target(
        self,
        name: str,
        port: int,
        health_path: str,
        health_seconds: int = 30,
        deregistration_seconds: int = 30,
        *,
        default: bool = True,
        hosts: Sequence[str] = (),
        paths: Sequence[str] = (),
    ) -> Target:
        """Forward requests of `hosts` and `paths` to a new group of addresses; the default one gets the rest."""
        raise AssertionError
