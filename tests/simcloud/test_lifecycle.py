"""Every case in lifecycle/ goes through its whole life."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from tests.simcloud.lifecycle_runner import Runner, load

CASES = sorted((Path(__file__).parent / "lifecycle").rglob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_life_cycle(path: Path) -> None:
    ctx = Context(Cloud())
    runner = Runner(load(path), Provider(ctx), ctx)
    runner.previews()
    runner.make_given()
    resource = runner.creates()
    runner.imports(resource)
    runner.replaces(resource)
    updated = runner.updates(resource)
    runner.drifts(updated)
    if not runner.case.drift.get("gone"):
        runner.deletes(updated)
    runner.remove_given()
