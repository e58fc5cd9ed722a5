"""What the journal brings back after a restart is what was there before, down to every property."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from simcloud.values import Props
from tests.simcloud.lifecycle_runner import Runner, load, urn

LIFECYCLE = Path(__file__).parent / "lifecycle"
# One of each kind: ids and addresses, inline rules, what depends on another service's state, what the store keeps.
CASES = (
    "acm/certificate_validation",
    "ec2/main_route_table_association",
    "ec2/nat_gateway",
    "ec2/security_group",
    "ec2/vpc_endpoint_interface",
    "lb/listener_https",
    "lb/load_balancer",
    "route53/record_weighted",
)


@pytest.mark.parametrize("case", CASES)
def test_restart_changes_nothing(case: str, tmp_path: Path) -> None:
    cloud = _opened(tmp_path / "journal")
    runner = Runner(load(LIFECYCLE / f"{case}.yaml"), Provider(Context(cloud)), Context(cloud))
    runner.make_given()
    runner.made["it"] = runner.updates(runner.creates())
    runner.tokens["it"] = runner.case.type
    before = _everything(runner, cloud)
    after_restart = _opened(tmp_path / "journal")
    assert _everything(runner, after_restart) == before
    assert after_restart.deviations == 0


def _opened(journal: Path) -> Cloud:
    cloud = Cloud(journal)
    cloud.open()
    return cloud


def _everything(runner: Runner, cloud: Cloud) -> dict[str, Props]:
    provider = Provider(Context(cloud))
    found = {}
    for name, made in runner.made.items():
        token = runner.tokens[name]
        read = provider.read(urn(name, token), token, made.identity, made.inputs, made.outputs)
        assert read is not None, name
        found[name] = read.outputs
    return found
