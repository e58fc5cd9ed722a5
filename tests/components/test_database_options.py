"""What the options of a database must not say."""

from typing import Any

import pytest

from components.database import (
    BackupRegion,
    Clients,
    Credentials,
    CrossRegion,
    Existing,
    Insights,
    Proxy,
    Restore,
    Rotation,
    Workload,
)
from components.errors import ComponentError
from tests.components.recording import Cloud
from tests.components.test_database import deploy

FAR = CrossRegion(region="eu-west-1", vpc_id="vpc-2", subnet_ids=["subnet-x"], kms_key_arn="key")
CROWD = [Clients(max_tasks=10, pool_size=10)]
PLACED = Rotation(function_subnet_ids=["subnet-p"])
PLACELESS = (
    "which has no place to stand. Expected `rotation.function_subnet_ids`: private subnets with a way to Secrets "
    "Manager. Fix: give `rotation=Rotation(function_subnet_ids=…)`, let RDS manage the password (no replicas, no "
    "`blue_green`), or say `rotation=NO_ROTATION`: the password then stays until `credentials_version` is raised."
)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"clients": CROWD, "parameters": {"max_connections": "200"}},
            "10 tasks (at 200 % during a deployment) with 10 connections each can open 200, and db.r6g.large leaves "
            "195. Expected at most 195 connections of clients. Fix: set the size of the pool to 9, give the database "
            "a `proxy`, or take a larger class.",
        ),
        (
            {"rotation": Rotation(days=0)},
            "a rotation every 0 days. Expected 1 to 1000. Fix: set `rotation.days` within it.",
        ),
        (
            {"rotation": Rotation(application_username="Shop-App"), "replicas": 1},
            "`Shop-App` cannot be an application's user, from which two names are made. Expected up to 30 lower-case "
            "letters, digits and underscores. Fix: choose another `rotation.application_username`.",
        ),
        (
            {"rotation": PLACED, "replicas": 1, "username": "app_a"},
            "the master user `app_a` would be one of the application's users, whose rights it must give. Expected two "
            "names that have nothing to do with each other. Fix: choose another `username` or "
            "`rotation.application_username`.",
        ),
        (
            {"rotation": Rotation(days=14), "replicas": 1},
            f"a secret of ours is rotated every 14 days by a function, {PLACELESS}",
        ),
        *(
            (unsaid, f"a secret of ours is rotated every 30 days by a function, {PLACELESS}")
            for unsaid in ({"replicas": 1}, {"blue_green": True}, {"credentials": Credentials.SECRET})
        ),
        (
            {"cross_region": FAR, "credentials": Credentials.MANAGED},
            "managed credentials with 1 read replica(s): RDS does not manage the master password of an instance that "
            "has read replicas. Expected credentials `secret` wherever there are replicas. Fix: leave `credentials` "
            "out (it becomes `secret`), or set `replicas` to 0.",
        ),
        (
            {"proxy": Proxy(max_connections_percent=40)},
            "a proxy with 40 % of the connections, 45 % of them idle. Expected 1 to 100, and no more idle ones. "
            "Fix: set `proxy.max_connections_percent` and `proxy.max_idle_connections_percent` within it.",
        ),
        (
            {"proxy": Proxy(borrow_timeout_seconds=301)},
            "clients wait 301 s for a connection of the proxy. Expected 0 to 300. "
            "Fix: set `proxy.borrow_timeout_seconds` within it.",
        ),
        (
            {"proxy": Proxy(idle_client_timeout_seconds=0)},
            "silent clients of the proxy are let go after 0 s. Expected 1 to 28800. "
            "Fix: set `proxy.idle_client_timeout_seconds` within it.",
        ),
        (
            {"restore": Restore()},
            "`restore` names not exactly one source. Expected either `snapshot_identifier` or `source_identifier`. "
            "Fix: give one of them.",
        ),
        (
            {"restore": Restore(snapshot_identifier="s", time="2026-11-05T12:00:00Z")},
            "`restore` has a time and no database whose backups are meant. Expected `time` with `source_identifier`; "
            "a snapshot has a time of its own. Fix: leave `restore.time` out.",
        ),
        (
            {"cross_region": CrossRegion(**{**vars(FAR), "region": "us-east-1"})},
            "`cross_region` is us-east-1, where the database itself is. Expected another region, which survives the "
            "loss of this one. Fix: set `cross_region.region` to another one.",
        ),
        (
            {"cross_region": FAR, "backup_retention_days": 0},
            "`cross_region` of a database without backups, from which RDS makes it. Expected "
            "`backup_retention_days` of 1 or more. Fix: set `backup_retention_days` to 1 or more, or leave "
            "`cross_region` out.",
        ),
        (
            {"backup_region": BackupRegion(region="eu-west-1", kms_key_arn="key", retention_days=36)},
            "backups in eu-west-1 are kept 36 days. Expected 1 to 35. "
            "Fix: set `backup_region.retention_days` within it.",
        ),
        (
            {"insights": Insights(days=30)},
            "Performance Insights are kept 30 days. Expected 7, a multiple of 31 up to 713, or 731. "
            "Fix: set `insights.days` to one of these.",
        ),
        (
            {"insights": Insights(days=31, advanced=True)},
            "Database Insights Advanced with 31 days. Expected 465 days or more. "
            "Fix: set `insights.days` to 465.",
        ),
        (
            {"existing": Existing(parameter_group_name="theirs"), "workload": Workload.WEB},
            "an existing parameter group and settings for a new one. Expected one of them. "
            "Fix: leave `existing.parameter_group_name` out, or `parameters` and `workload`.",
        ),
        (
            {"blue_green": True, "replicas": 1},
            "blue/green changes of a database with read replicas, which the provider cannot carry over. Expected "
            "`blue_green` without replicas. Fix: set `blue_green` to False, or `replicas` to 0 and leave "
            "`cross_region` and `followed` out.",
        ),
        (
            {"blue_green": True, "backup_retention_days": 0},
            "blue/green changes of a database without backups, from which RDS makes the copy. Expected "
            "`backup_retention_days` of 1 or more. Fix: set `backup_retention_days` to 1 or more, or `blue_green` "
            "to False.",
        ),
    ],
)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, **changes)
    assert str(refused.value) == f"la-prod-database: {sentence}"
    assert cloud.made == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "`web` is granted to log in with IAM tokens, which nothing here takes. Expected "
            "`iam_authentication=True`. Fix: give the database `iam_authentication=True`, or remove the grant.",
        ),
        (
            {"proxy": Proxy(), "iam_authentication": True},
            "`web` is granted to log in with IAM tokens, which nothing here takes. Expected "
            "`proxy=Proxy(iam=True)`. Fix: give the database `proxy=Proxy(iam=True)`, or remove the grant.",
        ),
    ],
)
def test_a_grant_that_lets_nobody_in_is_refused(cloud: Cloud, changes: dict[str, Any], sentence: str) -> None:
    database = deploy(cloud, **changes)
    with pytest.raises(ComponentError) as refused:
        database.grant_connect("role", "web", "app")
    assert str(refused.value) == f"la-prod-database: {sentence}"


def test_a_proxy_pools_what_would_be_too_many(cloud: Cloud) -> None:
    few = {"max_connections": "50"}
    deploy(cloud, clients=CROWD, parameters=few, proxy=Proxy())
    assert (
        cloud.named("ParameterGroup", "la-prod-database-postgres16").inputs["parameters"][2]["value"] == "50"
    )
