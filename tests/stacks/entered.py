"""The way in of a stack alone, in a simulated cloud of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from simcloud.testing import Registered, Simulation
from stacks.parts.entrance import Entrance, open_entrance
from stacks.parts.failover import turn_by_health
from stacks.parts.ground import lay_ground
from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Entered:
    """What was made, and what boto3 says of it."""

    settings: Settings
    simulation: Simulation

    def of(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The inputs of every resource of a type such as `wafv2/webAcl:WebAcl`, by name; AWS's unless it says whose."""
        token = kind if kind.startswith("cloudflare:") else f"aws:{kind}"
        return {item.name: item.inputs for item in self.simulation.of_type(token)}

    def one(self, kind: str) -> Mapping[str, Any]:
        """The inputs of the only resource of a type."""
        [found] = self.of(kind).values()
        return found

    def registered(self) -> list[Registered]:
        return self.simulation.registered

    def client(self, service: str, region: str | None = None) -> Any:
        return self.simulation.client(service, region)


def entered(stack: str, overrides: Mapping[str, Any] | None = None) -> Entered:
    """The network and the entrance of `stack` with `overrides`; made anew if it is not the last that was made."""
    asked = json.dumps([stack, overrides])
    if asked not in _LAST or not _stands(_LAST[asked]):
        _LAST.clear()
        _LAST[asked] = _made(stack, overrides or {})
    return _LAST[asked]


# A process has one cloud: whoever makes another one takes this one away.
_LAST: dict[str, Entered] = {}


def _stands(made: Entered) -> bool:
    [vpc] = made.simulation.of_type("aws:ec2/vpc:Vpc")
    known = made.client("ec2").describe_vpcs()["Vpcs"]
    return vpc.outputs["id"] in {one["VpcId"] for one in known}


def _made(stack: str, overrides: Mapping[str, Any]) -> Entered:
    settings = load(Configuration(stack=stack, values={"overrides": overrides}))
    simulation = Simulation(stack=stack, region=settings.region)
    simulation.run(lambda: _enter(settings))
    return Entered(settings, simulation)


def _enter(settings: Settings) -> None:
    entrance = open_entrance(settings, lay_ground(settings))
    _serve(settings, entrance)
    turn_by_health(settings, entrance)


def _serve(settings: Settings, entrance: Entrance) -> None:
    """One target for everything, so that listener and rules can be looked at without any service."""
    entrance.gateway.target(f"{settings.prefix}-all", 3000, "/health")


def unwrapped(value: Any) -> Any:
    """A secret's value."""
    return pulumi.runtime.rpc.unwrap_rpc_secret(value)
