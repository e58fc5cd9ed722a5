"""A place outside of the stack that a component may talk to."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network

import pulumi
import pulumi_aws as aws

from components.declared import Departure, note

_ANYWHERE = {"0.0.0.0/0": "world", "::/0": "world-ipv6"}


@dataclass(frozen=True)
class Destination:
    """One TCP port of one address range, IPv4 or IPv6, and why it is needed."""

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
    note(parent, Departure(name, destination.port, destination.cidr))
    version = ip_network(destination.cidr).version
    where = _ANYWHERE.get(destination.cidr, destination.cidr.replace("/", "-").replace(":", "-"))
    return aws.vpc.SecurityGroupEgressRule(
        f"{name}-to-{where}-{destination.port}",
        security_group_id=security_group_id,
        cidr_ipv4=destination.cidr if version == 4 else None,
        cidr_ipv6=destination.cidr if version == 6 else None,
        ip_protocol="tcp",
        from_port=destination.port,
        to_port=destination.port,
        description=destination.description,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def allow_to_prefix_list(
    parent: pulumi.Resource,
    name: str,
    security_group_id: pulumi.Input[str],
    prefix_list_id: pulumi.Input[str],
    port: int,
    description: str,
) -> aws.vpc.SecurityGroupEgressRule:
    """Let the security group open connections to the addresses of a prefix list."""
    return aws.vpc.SecurityGroupEgressRule(
        name,
        security_group_id=security_group_id,
        prefix_list_id=prefix_list_id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description=description,
        opts=pulumi.ResourceOptions(parent=parent),
    )
