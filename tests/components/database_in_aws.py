"""A database in the simulated cloud, and questions to both."""

from collections.abc import Callable, Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from components.database import Database
from components.key import Key, KeyArgs
from components.network import Network, NetworkArgs
from simcloud.testing import Simulation
from tests.components.peer import Peer
from tests.components.test_database import database_args

NAME = "la-prod-database"

Given = Mapping[str, Any]
Program = Callable[[Given], None]


def deployed(program: Program) -> Simulation:
    """An account with a network and a key, and what `program` makes there of the arguments for them."""
    simulation = Simulation(stack="production")

    def run() -> None:
        key = Key("la-prod-key", KeyArgs(alias="la-prod", description="Data"))
        network = Network("la-prod-network", NetworkArgs(cidr_block="10.0.0.0/16", kms_key_arn=key.arn))
        program(
            {
                "vpc_id": network.vpc_id,
                "subnet_ids": network.database_subnet_ids,
                "availability_zones": network.availability_zones,
                "kms_key_arn": key.arn,
                "private_subnet_ids": network.private_subnet_ids,
            }
        )

    simulation.run(run)
    return simulation


def database(given: Given, **changes: Any) -> Database:
    place = {name: value for name, value in given.items() if name != "private_subnet_ids"}
    return Database(NAME, database_args(**place, **changes))


def service_group(given: Given, name: str) -> Peer:
    """Somebody with a security group that AWS has."""
    group = aws.ec2.SecurityGroup(name, vpc_id=given["vpc_id"])

    class Somebody(Peer):
        @property
        def security_group_id(self) -> pulumi.Output[str]:
            return group.id

    return Somebody(name)


def made(simulation: Simulation, kind: str) -> list[str]:
    """The names of the resources of a type, `rds/instance:Instance`, below the database."""
    return sorted(item.name for item in simulation.of_type(f"aws:{kind}") if item.name.startswith(NAME))


def inputs(simulation: Simulation, kind: str, name: str) -> Any:
    [found] = [item for item in simulation.of_type(f"aws:{kind}") if item.name == name]
    return found.inputs


def one_instance(
    simulation: Simulation, identifier: str = f"{NAME}-primary", region: str | None = None
) -> Any:
    rds = simulation.client("rds", region)
    return rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]
