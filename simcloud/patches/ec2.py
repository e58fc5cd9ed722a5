"""EC2 as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.vpcs import VPCBackend

from simcloud.patches import around


@around(VPCBackend)
def create_vpc(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: the default group admits its own members; moto: it has no ingress rule."""
    vpc = original(self, *args, **kwargs)
    group = self.get_security_group_from_name("default", vpc.id)
    self.authorize_security_group_ingress(
        group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}]
    )
    return vpc
