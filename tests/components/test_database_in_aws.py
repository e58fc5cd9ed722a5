"""One instance with this and that."""

from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from components.database import NO_ROTATION, Existing, Insights, Proxy, Restore
from tests.components.database_in_aws import (
    NAME,
    Given,
    database,
    deployed,
    inputs,
    made,
    one_instance,
    service_group,
)


def test_a_proxy_before_an_instance_without_readers_is_the_only_way_in() -> None:
    def program(given: Given) -> None:
        behind = database(given, proxy=Proxy())
        behind.allow_from(service_group(given, "la-prod-web"))
        behind.allow_directly_from(service_group(given, "la-prod-migrations"))
        pulumi.export("endpoint", behind.endpoint)

    simulation = deployed(program)
    assert made(simulation, "vpc/securityGroupIngressRule:SecurityGroupIngressRule") == [
        f"{NAME}-from-migrations-5432-ingress",
        f"{NAME}-from-proxy-5432-ingress",
        f"{NAME}-proxy-from-web-5432-ingress",
    ]
    [auth] = simulation.client("rds").describe_db_proxies()["DBProxies"][0]["Auth"]
    assert auth["IAMAuth"] == "DISABLED"
    target = inputs(simulation, "rds/proxyTarget:ProxyTarget", f"{NAME}-proxy-target")
    assert target["dbInstanceIdentifier"] == f"{NAME}-primary"


def test_clients_connect_to_the_proxy_and_migrations_to_the_writer() -> None:
    seen: dict[str, str] = {}

    def program(given: Given) -> None:
        behind = database(given, proxy=Proxy())
        behind.endpoint.apply(lambda host: seen.update(endpoint=host))
        behind.writer_endpoint.apply(lambda host: seen.update(writer=host))

    deployed(program)
    assert seen["endpoint"].startswith(f"{NAME}-proxy.")
    assert seen["writer"].startswith(f"{NAME}-primary.")


def test_blue_green_iam_and_long_insights() -> None:
    simulation = deployed(
        lambda given: _ignored(
            database(
                given,
                blue_green=True,
                rotation=NO_ROTATION,
                iam_authentication=True,
                insights=Insights(days=465, advanced=True),
            )
        )
    )
    asked = inputs(simulation, "rds/instance:Instance", f"{NAME}-primary")
    assert asked["blueGreenUpdate"] == {"enabled": True}
    assert "manageMasterUserPassword" not in asked
    assert (asked["performanceInsightsRetentionPeriod"], asked["databaseInsightsMode"]) == (465, "advanced")
    assert one_instance(simulation)["IAMDatabaseAuthenticationEnabled"] is True


def test_what_exists_is_used_and_not_made() -> None:
    def program(given: Given) -> None:
        subnets = aws.rds.SubnetGroup("theirs", name="theirs", subnet_ids=given["subnet_ids"])
        parameters = aws.rds.ParameterGroup("theirs", name="theirs", family="postgres16")
        group = aws.ec2.SecurityGroup("theirs", vpc_id=given["vpc_id"])
        existing = Existing(
            subnet_group_name=subnets.name,
            parameter_group_name=parameters.name,
            security_group_id=group.id,
        )
        database(given, existing=existing)

    simulation = deployed(program)
    found = one_instance(simulation)
    assert found["DBSubnetGroup"]["DBSubnetGroupName"] == "theirs"
    assert found["DBParameterGroups"][0]["DBParameterGroupName"] == "theirs"
    assert made(simulation, "rds/subnetGroup:SubnetGroup") == []
    assert made(simulation, "rds/parameterGroup:ParameterGroup") == []
    assert made(simulation, "ec2/securityGroup:SecurityGroup") == []


@pytest.mark.proves("S1-57")
@pytest.mark.parametrize(
    ("from_snapshot", "expected"),
    [
        (True, {"snapshotIdentifier": "before"}),
        (
            False,
            {"restoreToPointInTime": {"sourceDbInstanceIdentifier": "old", "useLatestRestorableTime": True}},
        ),
    ],
)
def test_a_database_begins_as_the_copy_of_another(from_snapshot: bool, expected: dict[str, Any]) -> None:
    def program(given: Given) -> None:
        old = _old_instance()
        snapshot = aws.rds.Snapshot(
            "before", db_instance_identifier=old.identifier, db_snapshot_identifier="before"
        )
        source = (
            Restore(snapshot_identifier=snapshot.db_snapshot_identifier)
            if from_snapshot
            else Restore(source_identifier=old.identifier)
        )
        database(given, restore=source)

    simulation = deployed(program)
    asked = inputs(simulation, "rds/instance:Instance", f"{NAME}-primary")
    assert expected.items() <= asked.items()
    assert not {"dbName", "username"} & set(asked)
    assert one_instance(simulation)["MasterUsername"] == "owner"


def _old_instance() -> aws.rds.Instance:
    return aws.rds.Instance(
        "old",
        identifier="old",
        engine="postgres",
        engine_version="16.4",
        instance_class="db.t4g.micro",
        allocated_storage=100,
        username="owner",
        password="not-a-real-password",
        backup_retention_period=1,
        skip_final_snapshot=True,
    )


def _ignored(_made: object) -> None:
    return None
