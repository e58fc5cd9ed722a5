"""Ground and data of a stack alone, in a simulated cloud of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.testing import Simulation
from stacks.parts.data import keep_data
from stacks.parts.ground import lay_ground
from stacks.settings.load import Configuration, load

HERE, THERE = "us-east-1", "us-west-2"


@dataclass(frozen=True)
class Grounded:
    """What was made, and what boto3 says of it."""

    simulation: Simulation

    def client(self, service: str, region: str = HERE) -> Any:
        """boto3 of the cloud that it stands in."""
        return self.simulation.client(service, region)

    def of(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The inputs of every resource of a type such as `rds/proxy:Proxy`, by name."""
        return {item.name: item.inputs for item in self.simulation.of_type(f"aws:{kind}")}

    def one(self, kind: str) -> Mapping[str, Any]:
        """The inputs of the only resource of a type."""
        [found] = self.of(kind).values()
        return found


def grounded(
    stack: str, overrides: Mapping[str, Any], before: Callable[[Simulation], object] | None = None
) -> Grounded:
    """The ground and the data of `stack` with `overrides`; `before` prepares the cloud."""
    settings = load(Configuration(stack=stack, region=HERE, values={"overrides": overrides}))
    simulation = Simulation(stack=stack)
    if before is not None:
        before(simulation)

    def program() -> None:
        keep_data(settings, lay_ground(settings))

    simulation.run(program)
    return Grounded(simulation)
