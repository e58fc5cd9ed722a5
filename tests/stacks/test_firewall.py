"""The Learning Assistant's stacks, whole, in the simulated AWS: who reaches whom, and nobody else."""

from __future__ import annotations

import pytest

from simcloud.testing import Simulation
from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from tests.components.reachability import survey

OUTSIDE = {"cloudfront": "130.176.0.9"}
EVERYWHERE = {
    ("cloudfront", "gateway"): "443",
    ("gateway", "web"): "3000",
    ("web", "database"): "5432",
    ("web", "cache"): "6379",
    ("web", "internet"): "443",
    ("web", "cloudfront"): "443",
}
# Administrators look at the data of production; the sessions that they come by are opened from inside.
ADMINISTRATORS = {
    ("bastion", "database"): "5432",
    ("bastion", "cache"): "6379",
    ("bastion", "internet"): "443",
    ("bastion", "cloudfront"): "443",
}


@pytest.mark.proves("S1-33", "S1-34")
@pytest.mark.parametrize(
    ("stack", "prefix", "further"),
    [("dev", "la-dev", {}), ("staging", "la-stg", {}), ("production", "la-prod", ADMINISTRATORS)],
)
def test_the_edge_reaches_the_gateway_and_each_only_the_next(
    stack: str, prefix: str, further: dict[tuple[str, str], str]
) -> None:
    settings = load(Configuration(stack=stack, region="us-east-1", values={}, encrypted=frozenset()))
    simulation = Simulation(stack=stack)
    simulation.run(lambda: assemble(settings))
    assert survey(simulation, prefix, OUTSIDE).matrix() == {**EVERYWHERE, **further}


def test_a_cache_beside_the_tasks_is_walled_in_there() -> None:
    overrides = {"cache": {"subnet_tier": "private"}}
    given = Configuration(
        stack="dev", region="us-east-1", values={"overrides": overrides}, encrypted=frozenset()
    )
    simulation = Simulation(stack="dev")
    simulation.run(lambda: assemble(load(given)))
    found = survey(simulation, "la-dev", OUTSIDE).matrix()
    assert {pair: ports for pair, ports in found.items() if "cache" in pair} == {("web", "cache"): "6379"}
