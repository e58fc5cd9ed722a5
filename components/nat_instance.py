"""A small virtual machine in place of a NAT gateway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components.network_args import NatInstance
from components.network_ground import Ground

_ANYWHERE = "0.0.0.0/0"
_IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-"

# AWS: "NAT instances", VPC user guide: there is no NAT image any more, this is how one is made; read 2026-11.
# The rules name no interface: "all that leaves" is right whatever the interface is called.
_PREPARE = """#!/bin/bash
set -eu
echo net.ipv4.ip_forward=1 > /etc/sysctl.d/90-nat.conf
sysctl -p /etc/sysctl.d/90-nat.conf
dnf install -y iptables-services
systemctl enable --now iptables
iptables -F FORWARD
iptables -t nat -A POSTROUTING -j MASQUERADE
service iptables save
"""


def nat_instance(
    ground: Ground,
    wish: NatInstance,
    subnet: aws.ec2.Subnet,
    ranges: Sequence[str],
    igw: aws.ec2.InternetGateway,
) -> tuple[aws.ec2.Instance, aws.ec2.Eip]:
    """The machine, with a fixed address, which relays the ports of `wish` for `ranges`."""
    group = _security_group(ground, wish, ranges)
    instance = aws.ec2.Instance(
        ground.child("nat-instance"),
        ami=_image(ground, wish.architecture),
        instance_type=wish.instance_type,
        subnet_id=subnet.id,
        vpc_security_group_ids=[group.id],
        source_dest_check=False,
        metadata_options={"http_endpoint": "enabled", "http_tokens": "required"},
        root_block_device={"encrypted": True, "volume_type": "gp3"},
        user_data=_PREPARE,
        user_data_replace_on_change=True,
        tags=ground.tagged("nat-instance"),
        # Amazon publishes an image every other week. Whoever wants the newest replaces the machine on purpose.
        opts=pulumi.ResourceOptions.merge(
            ground.opts(depends_on=[igw]), pulumi.ResourceOptions(ignore_changes=["ami"])
        ),
    )
    address = aws.ec2.Eip(
        ground.child("nat-instance"),
        domain="vpc",
        instance=instance.id,
        tags=ground.tagged("nat-instance"),
        opts=ground.opts(depends_on=[igw]),
    )
    return instance, address


def _image(ground: Ground, architecture: str) -> pulumi.Output[str]:
    opts = pulumi.InvokeOutputOptions(parent=ground.parent)
    return aws.ssm.get_parameter_output(name=f"{_IMAGE}{architecture}", opts=opts).apply(
        lambda found: str(found.value)
    )


def _security_group(ground: Ground, wish: NatInstance, ranges: Sequence[str]) -> aws.ec2.SecurityGroup:
    group = aws.ec2.SecurityGroup(
        ground.child("nat-instance"),
        vpc_id=ground.vpc_id,
        description="Relay of the private tier",
        tags=ground.tagged("nat-instance"),
        opts=ground.opts(),
    )
    for port in wish.ports:
        for cidr in ranges:
            _relay(ground, group, port, cidr)
        aws.vpc.SecurityGroupEgressRule(
            ground.child(f"nat-instance-to-world-{port}"),
            **_rule(group, port, _ANYWHERE, "Relayed to the internet"),
            opts=ground.opts(),
        )
    return group


def _relay(ground: Ground, group: aws.ec2.SecurityGroup, port: int, cidr: str) -> None:
    aws.vpc.SecurityGroupIngressRule(
        ground.child(f"nat-instance-{port}-from-{cidr.replace('/', '-')}"),
        **_rule(group, port, cidr, "From the private tier"),
        opts=ground.opts(),
    )


def _rule(group: aws.ec2.SecurityGroup, port: int, cidr: str, description: str) -> dict[str, Any]:
    return {
        "security_group_id": group.id,
        "cidr_ipv4": cidr,
        "ip_protocol": "tcp",
        "from_port": port,
        "to_port": port,
        "description": description,
    }
