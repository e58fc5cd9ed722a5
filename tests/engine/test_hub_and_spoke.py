"""A network that nobody here wrote: three VPCs around a transit gateway, through its life with the real engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud import daemon
from tests.engine.bench import Bench, changed

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "hub_and_spoke"


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Bench]:
    """The program in a folder of its own, and an empty simulated cloud."""
    shutil.copytree(PROGRAM, tmp_path / "network")
    bench = Bench(tmp_path / "network", tmp_path / "sim")
    yield bench
    daemon.stop(bench.home)


def test_three_vpcs_around_a_hub(network: Bench) -> None:
    first = network.sim("up", "dev")
    made = first["counts"]["create"]
    assert first["counts"] == {"create": made}
    outputs = {name: found["value"] for name, found in first["outputs"].items()}
    for command in ("preview", "refresh"):
        assert network.sim(command, "dev")["steps"] == [], command

    ec2 = network.client("ec2")
    assert _routes(ec2, outputs["egress_table"]) == {
        ("10.1.0.0/16", "propagated", "active"),
        ("10.2.0.0/16", "propagated", "active"),
    }
    assert _routes(ec2, outputs["spoke_table"]) == {
        ("0.0.0.0/0", "static", "active"),
        ("10.0.0.0/8", "static", "blackhole"),
    }
    states = _states(ec2, outputs["app_table"])
    assert set(states.values()) == {"active"}
    assert {"0.0.0.0/0", "10.2.0.0/16", "::/0"} <= states.keys()

    for call, arguments, error in (
        ("delete_transit_gateway", {"TransitGatewayId": outputs["hub"]}, "IncorrectState"),
        ("delete_vpc", {"VpcId": outputs["app_vpc"]}, "DependencyViolation"),
    ):
        with pytest.raises(ClientError, match=error):
            getattr(ec2, call)(**arguments)

    ec2.delete_route(RouteTableId=outputs["app_table"], DestinationCidrBlock="0.0.0.0/0")
    scaling = network.client("autoscaling")
    scaling.set_desired_capacity(AutoScalingGroupName=outputs["workers"], DesiredCapacity=3)
    ec2.terminate_instances(InstanceIds=[outputs["probe"]])
    drifted = changed(network.sim("refresh", "dev"))
    assert drifted["app-to-hub"] == ("delete",)
    assert drifted["workers"] == ("desiredCapacity",)
    assert drifted["probe"] == ("delete",)

    network.kill_cloud()
    network.sim("up", "dev")
    assert network.sim("preview", "dev")["steps"] == []
    assert network.sim("destroy", "dev")["counts"].keys() == {"delete"}
    assert network.client("ec2").describe_transit_gateways()["TransitGateways"] == []


def _routes(ec2: Any, table: str) -> set[tuple[str, str, str]]:
    wanted = [{"Name": "state", "Values": ["active", "blackhole"]}]
    found = ec2.search_transit_gateway_routes(TransitGatewayRouteTableId=table, Filters=wanted)
    return {(route["DestinationCidrBlock"], route["Type"], route["State"]) for route in found["Routes"]}


def _states(ec2: Any, table: str) -> dict[str, str]:
    found = ec2.describe_route_tables(RouteTableIds=[table])
    return {
        str(route.get("DestinationCidrBlock") or route.get("DestinationIpv6CidrBlock")): route["State"]
        for route in found["RouteTables"][0]["Routes"]
    }
