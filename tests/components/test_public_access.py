"""Block Public Access: closed for the region, open for the public tiers that are admitted."""

from __future__ import annotations

import pytest

from components.errors import ComponentError
from components.network import ExistingNetwork, Network, NetworkArgs
from components.public_access import Block, PublicAccess, PublicAccessArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud

OPTIONS = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
EXCLUSION = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"


def admitted(block: Block, *, ipv6: bool) -> Simulation:
    simulation = Simulation()

    def program() -> None:
        access = PublicAccess("la-account", PublicAccessArgs(block=block, tags={"Team": "network"}))
        access.admit(Network("net", NetworkArgs(cidr_block="10.0.0.0/16", az_count=2, ipv6=ipv6)))

    simulation.run(program)
    return simulation


@pytest.mark.parametrize(
    ("block", "ipv6", "open_"),
    [
        (Block.BOTH_WAYS, False, {"public-a": "bidirectional", "public-b": "bidirectional"}),
        (
            Block.BOTH_WAYS,
            True,
            {
                "public-a": "bidirectional",
                "public-b": "bidirectional",
                "private-a": "egress",
                "private-b": "egress",
            },
        ),
        (Block.INGRESS, True, {"public-a": "bidirectional", "public-b": "bidirectional"}),
    ],
)
def test_only_what_needs_the_internet_is_admitted(block: Block, ipv6: bool, open_: dict[str, str]) -> None:
    simulation = admitted(block, ipv6=ipv6)
    [options] = simulation.of_type(OPTIONS)
    assert options.outputs["internetGatewayBlockMode"] == block.value
    exclusions = {item.name: item.outputs for item in simulation.of_type(EXCLUSION)}
    assert {
        name.removeprefix("la-account-net-"): props["internetGatewayExclusionMode"].removeprefix("allow-")
        for name, props in exclusions.items()
    } == open_
    ids = {
        {tag["Key"]: tag["Value"] for tag in subnet.get("Tags", ())}.get("Name"): subnet["SubnetId"]
        for subnet in simulation.client("ec2").describe_subnets()["Subnets"]
    }
    for name, props in exclusions.items():
        assert props["subnetId"] == ids[name.removeprefix("la-account-")]
        assert props["tags"] == {"Team": "network", "Name": name}


def test_somebody_elses_network_is_not_admitted(cloud: Cloud) -> None:
    existing = ExistingNetwork(
        vpc_id="vpc-1", public_subnet_ids=["s-1"], private_subnet_ids=["s-2"], database_subnet_ids=["s-3"]
    )

    def program() -> None:
        network = Network(
            "net",
            NetworkArgs(
                cidr_block="10.0.0.0/16", existing=existing, availability_zones=["us-east-1a"], az_count=1
            ),
        )
        PublicAccess("la-account", PublicAccessArgs()).admit(network)

    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == (
        "la-account: net is somebody else's, and its public subnets are not known one by one. Expected a network of "
        "this program. Fix: let its owner admit it."
    )
