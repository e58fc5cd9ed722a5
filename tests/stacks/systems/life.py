"""What every stack of every system must be able to do."""

from __future__ import annotations

from pathlib import Path

from tests.engine.inventory import inventory
from tests.stacks.systems.standing import bring_up


def live(stack: str, folder: Path) -> None:
    """Comes up, would change nothing the second time, and leaves nothing behind."""
    system = bring_up(stack)
    assert inventory(system)["vpcs"], "nothing came up"
    assert system.changes() == {}
    system.destroy(folder)
    assert system.simulation.standing == {}
    assert inventory(system) == {}
