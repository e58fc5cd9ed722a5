"""The shipped systems, brought up in one process against a simulated cloud of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plinth.engine.deletion_protection import lift_deletion_protection
from plinth.engine.kept_by_aws import kept_by_aws, remove_kept
from plinth.engine.layout import Layout
from simcloud.testing import Simulation
from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings


@dataclass(frozen=True)
class System:
    """One stack that stands."""

    stack: str
    settings: Settings
    simulation: Simulation
    outputs: Mapping[str, Any]

    def client(self, service: str, region: str | None = None) -> Any:
        """boto3, on the cloud that it stands in."""
        return self.simulation.client(service, region)

    def inputs(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The inputs of every resource of a type, such as `aws:ecs/service:Service`, by name."""
        return {item.name: item.inputs for item in self.simulation.standing.values() if item.type == kind}

    def changes(self) -> Mapping[str, tuple[str, ...]]:
        """What a second deployment of the same program would change."""
        return self.simulation.again(lambda: assemble(self.settings))

    def destroy(self, folder: Path) -> None:
        """As `plinth sim destroy` does: protection is lifted first, and what AWS would keep goes too."""
        layout = _state_of(self, folder)
        lift_deletion_protection(layout, self.stack, self._client)
        kept = kept_by_aws(layout, self.stack)
        self.simulation.destroy()
        remove_kept(kept, self._client)

    def _client(self, service: str, region: str) -> Any:
        return self.simulation.client(service, region or None)


def bring_up(stack: str, overrides: Mapping[str, Any] | None = None) -> System:
    """A fresh cloud with this stack in it, as it is shipped or with other settings laid over it."""
    settings = load(Configuration(stack=stack, values={"overrides": overrides or {}}))
    simulation = Simulation(stack=stack, region=settings.region)
    outputs = simulation.run(lambda: _resolved(settings))
    return System(stack, settings, simulation, outputs)


standing = cache(bring_up)
"""The same for tests that only look: made once in a process."""


def _resolved(settings: Settings) -> Any:
    import pulumi

    return pulumi.Output.all(**assemble(settings))


def _state_of(system: System, folder: Path) -> Layout:
    """A state file as the engine would have written it."""
    layout = Layout(home=folder, project="plinth")
    file = layout.state_file(system.stack)
    file.parent.mkdir(parents=True, exist_ok=True)
    resources = [
        {"type": item.type, "urn": item.urn, "id": item.identity, "outputs": item.outputs}
        for item in system.simulation.standing.values()
    ]
    file.write_text(json.dumps({"checkpoint": {"latest": {"resources": resources}}}, default=str))
    return layout
