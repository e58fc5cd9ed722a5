"""How a service comes to its next version: the four strategies, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pulumi

from components.gateway_trial import Trial


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A deployment is taken back above this share of 5xx answers or this 95th percentile of the answer time.

    The alarms look at the load balancer's figures of the service's groups, never at the service itself, so
    they can stand before it does.
    """

    error_percent: float = 5
    latency_p95_seconds: float = 2


@dataclass(frozen=True, kw_only=True)
class Hook:
    """A Lambda function that ECS asks at these stages whether to go on; anything but SUCCEEDED takes back."""

    function_arn: pulumi.Input[str]
    stages: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Rolling:
    """Tasks are replaced one after the other, within the percentages of the service's arguments.

    `pair` keeps both target groups, the rule and the guard of the other strategies ready while still rolling: it
    is the step between rolling and them, in both directions. `rollback_alarms` are names of existing alarms.
    """

    pair: bool = False
    guard: Guard | None = None
    rollback_alarms: Sequence[str] = ()
    trial: Trial | None = None


@dataclass(frozen=True, kw_only=True)
class BlueGreen:
    """The new version starts beside the old one, then gets all traffic at once.

    The old one stays for `bake_minutes` (AWS: 0 to 1440); an alarm in that time leads the traffic back to it.
    """

    bake_minutes: int = 10
    guard: Guard | None = field(default_factory=Guard)
    rollback_alarms: Sequence[str] = ()
    hooks: Sequence[Hook] = ()
    trial: Trial | None = None


@dataclass(frozen=True, kw_only=True)
class Canary:
    """The new version first gets `percent` (AWS: 0.1 to 100) of the traffic for `canary_minutes`, then all."""

    percent: float = 10
    canary_minutes: int = 10
    bake_minutes: int = 10
    guard: Guard | None = field(default_factory=Guard)
    rollback_alarms: Sequence[str] = ()
    hooks: Sequence[Hook] = ()
    trial: Trial | None = None


@dataclass(frozen=True, kw_only=True)
class Linear:
    """Every `step_minutes` the new version gets `percent` (AWS: 3 to 100) more of the traffic."""

    percent: float = 20
    step_minutes: int = 5
    bake_minutes: int = 10
    guard: Guard | None = field(default_factory=Guard)
    rollback_alarms: Sequence[str] = ()
    hooks: Sequence[Hook] = ()
    trial: Trial | None = None


Shifting = BlueGreen | Canary | Linear
Deployment = Rolling | Shifting


def paired(deployment: Deployment) -> bool:
    """Whether the strategy wants two target groups."""
    return deployment.pair if isinstance(deployment, Rolling) else True


def guard_of(deployment: Deployment) -> Guard | None:
    """The guard; a pair always has one, because the provider cannot take a service's alarms away again."""
    # hashicorp/terraform-provider-aws, resourceServiceUpdate: without `alarms` nothing is sent. Read 2026-11
    if isinstance(deployment, Rolling) and deployment.pair:
        return deployment.guard or Guard()
    return deployment.guard


def shift_minutes(deployment: Shifting) -> int:
    """How long a deployment lasts once the new tasks are healthy."""
    if isinstance(deployment, Canary):
        return deployment.canary_minutes + deployment.bake_minutes
    if isinstance(deployment, Linear):
        steps = -(-100 // deployment.percent)
        return int(steps) * deployment.step_minutes + deployment.bake_minutes
    return deployment.bake_minutes
