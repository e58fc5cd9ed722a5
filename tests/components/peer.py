"""Somebody with a security group, for relations."""

from dataclasses import dataclass

import pulumi


@dataclass(frozen=True)
class Peer:
    """A peer whose security group is `sg-<its name>`."""

    component_name: str

    @property
    def security_group_id(self) -> pulumi.Output[str]:
        return pulumi.Output.from_input(f"sg-{self.component_name}")
