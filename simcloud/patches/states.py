"""What takes its time in AWS and is done at once in moto: for how long it says so.

The durations are of the usual order, not AWS's promise: they only decide how far the simulated clock leaps.
"""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.cloudfront.models import CloudFrontBackend, Distribution
from moto.ec2.models.instances import Instance, InstanceState
from moto.ec2.models.nat_gateways import NatGateway
from moto.ec2.models.transit_gateway import TransitGateway
from moto.ec2.models.transit_gateway_attachments import TransitGatewayAttachment
from moto.ec2.models.vpcs import VPCEndPoint
from moto.efs.models import FileSystem, MountTarget
from moto.elasticache.models import CacheCluster, ReplicationGroup
from moto.elbv2.models import FakeLoadBalancer
from moto.rds.models import DBCluster, DBInstance

from simcloud.clock import Passing, clock
from simcloud.patches import around

_MINUTE = 60
_DISTRIBUTION_SECONDS = 4 * _MINUTE
_INSTANCE_SECONDS = 30
_RUNNING = 16

# class, attribute, what it says meanwhile, what it says then, seconds
_ROWS: tuple[tuple[type, str, str, str, float], ...] = (
    (CacheCluster, "status", "creating", "available", 5 * _MINUTE),
    (DBCluster, "_status", "creating", "available", 5 * _MINUTE),
    (DBInstance, "status", "creating", "available", 5 * _MINUTE),
    (FakeLoadBalancer, "state", "provisioning", "active", 2 * _MINUTE),
    (FileSystem, "life_cycle_state", "creating", "available", 10),
    (LambdaFunction, "state", "Pending", "Active", 5),
    (MountTarget, "life_cycle_state", "creating", "available", _MINUTE),
    (NatGateway, "state", "pending", "available", _MINUTE),
    (ReplicationGroup, "status", "creating", "available", 5 * _MINUTE),
    (TransitGateway, "state", "pending", "available", _MINUTE),
    (TransitGatewayAttachment, "state", "pending", "available", _MINUTE),
    (VPCEndPoint, "state", "pending", "available", _MINUTE),
)

for _owner, _name, _meanwhile, _then, _seconds in _ROWS:
    setattr(_owner, _name, Passing(_name, _meanwhile, _then, _seconds))


@around(Distribution)
def __init__(original: Any, self: Any, *args: Any, **options: Any) -> None:
    """AWS: rolls a distribution out to its edges; moto: has it deployed when it is first looked at."""
    self._deployed = clock.begin(_DISTRIBUTION_SECONDS)
    original(self, *args, **options)


@around(CloudFrontBackend)
def update_distribution(original: Any, self: Any, *args: Any, **options: Any) -> Any:
    """AWS: rolls a change out as well; moto: has it everywhere at once."""
    distribution, location, etag = original(self, *args, **options)
    distribution._deployed = clock.begin(_DISTRIBUTION_SECONDS)
    return distribution, location, etag


def _distribution_status(self: Any) -> str:
    return "Deployed" if clock.is_past(self._deployed) else "InProgress"


def _ignore(self: Any, value: Any) -> None:
    """moto's own idea of the status."""


_distribution: Any = Distribution
_distribution.status = property(_distribution_status, _ignore)


def _instance_state(self: Any) -> InstanceState:
    """AWS: an instance is pending before it runs; moto: runs it at once."""
    if not hasattr(self, "_runs"):
        self._runs = clock.begin(_INSTANCE_SECONDS)
    is_pending = self._state.code == _RUNNING and not clock.is_past(self._runs)
    return InstanceState("pending", 0) if is_pending else self._state


_instance: Any = Instance
_instance.instance_state = property(_instance_state)
_instance.state = property(lambda self: self.instance_state.name)
_instance.state_code = property(lambda self: self.instance_state.code)
