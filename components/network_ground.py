"""What every child of a network is built on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

# Subnets of a tier by the letter of their zone.
Subnets = Mapping[str, aws.ec2.Subnet]


@dataclass(frozen=True)
class Ground:
    """The component, its VPC, and how its children are named, tagged and parented."""

    parent: pulumi.Resource
    name: str
    vpc_id: pulumi.Output[str]
    tags: Mapping[str, str]

    def child(self, suffix: str) -> str:
        """The name of a child."""
        return f"{self.name}-{suffix}"

    def tagged(self, suffix: str, **more: str) -> dict[str, str]:
        """The tags of a child."""
        return {**self.tags, **more, "Name": self.child(suffix)}

    def opts(self, depends_on: Sequence[pulumi.Resource] = ()) -> pulumi.ResourceOptions:
        """The options of a child."""
        return pulumi.ResourceOptions(parent=self.parent, depends_on=list(depends_on))
