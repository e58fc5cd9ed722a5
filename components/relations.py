"""Relations between components, written into both security groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pulumi
import pulumi_aws as aws

from components.declared import Relation, note


class Peer(Protocol):
    """A component that has a security group of its own."""

    @property
    def component_name(self) -> str: ...

    @property
    def security_group_id(self) -> pulumi.Output[str]: ...


def allow(
    parent: pulumi.Resource,
    *,
    source: Peer,
    target: Peer,
    port: int,
    description: str,
    region: str | None = None,
) -> list[pulumi.Resource]:
    """Let `source` open TCP connections to `port` of `target`: one egress rule, one ingress rule; both are returned.

    `region` is where both are, if not where the provider is.
    """
    related = target if isinstance(target, pulumi.Resource) else parent
    note(related, Relation(source.component_name, target.component_name, port))
    name = f"{target.component_name}-from-{_short(source.component_name, target.component_name)}-{port}"
    opts = pulumi.ResourceOptions(parent=parent)
    egress = aws.vpc.SecurityGroupEgressRule(
        f"{name}-egress",
        security_group_id=source.security_group_id,
        referenced_security_group_id=target.security_group_id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description=description,
        region=region,
        opts=opts,
    )
    ingress = aws.vpc.SecurityGroupIngressRule(
        f"{name}-ingress",
        security_group_id=target.security_group_id,
        referenced_security_group_id=source.security_group_id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description=description,
        region=region,
        opts=opts,
    )
    return [egress, ingress]


def closed_security_group(
    parent: pulumi.Resource,
    name: str,
    *,
    vpc_id: pulumi.Input[str],
    description: str,
    tags: Mapping[str, str],
) -> aws.ec2.SecurityGroup:
    """A security group without any rule: relations add them one by one.

    `description` can never change without replacing the group, so it states only what the group is for.
    """
    return aws.ec2.SecurityGroup(
        name,
        vpc_id=vpc_id,
        description=description,
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _short(source: str, target: str) -> str:
    """The source's name without the words that both names begin with."""
    words = source.split("-")
    for word, other in zip(source.split("-"), target.split("-"), strict=False):
        if word != other or len(words) == 1:
            break
        words = words[1:]
    return "-".join(words)
