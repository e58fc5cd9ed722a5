"""A place outside of the stack that a component may talk to."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True)
class Destination:
    """One TCP port of one address range, and why it is needed."""

    port: int
    cidr: str
    description: str


def https_anywhere() -> Destination:
    """HTTPS to the whole internet: AWS's own APIs, image pulls, third parties."""
    return Destination(443, "0.0.0.0/0", "HTTPS to AWS and third-party APIs")


def allow_to(
    parent: pulumi.Resource, name: str, security_group_id: pulumi.Input[str], destination: Destination
) -> aws.vpc.SecurityGroupEgressRule:
    """Let the security group open connections to `destination`."""
    where = "world" if destination.cidr == "0.0.0.0/0" else destination.cidr.replace("/", "-")
    return aws.vpc.SecurityGroupEgressRule(
        f"{name}-to-{where}-{destination.port}",
        security_group_id=security_group_id,
        cidr_ipv4=destination.cidr,
        ip_protocol="tcp",
        from_port=destination.port,
        to_port=destination.port,
        description=destination.description,
        opts=pulumi.ResourceOptions(parent=parent),
    )
