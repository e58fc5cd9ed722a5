"""The nightly dump: its command, its way to the database, and what it may write."""

import json
from typing import Any

import pytest

from components.bucket import Bucket, BucketArgs, Purpose
from components.cluster import Cluster, ClusterArgs
from components.database import Database, Engine, Rotation
from components.errors import ComponentError
from components.job_dump import DumpArgs, dump_database
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, REGION, Cloud
from tests.components.standing import DIGEST, ground
from tests.components.test_database import database_args

NAME = "la-prod-dump"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"


def make(engine: Engine = Engine.POSTGRES, database: dict[str, Any] | None = None, **changes: Any) -> None:
    version = {Engine.POSTGRES: "16", Engine.MYSQL: "8.4"}[engine]
    options = {"engine": engine, "engine_version": version, **(database or {})}
    source = Database("la-prod-database", database_args(**options))
    bucket = Bucket("la-prod-store", BucketArgs(purpose=Purpose.BACKUP, kms_key_arn=KEY))
    args = DumpArgs(
        cluster=Cluster("la-prod", ClusterArgs()),
        database=source,
        bucket=bucket,
        image=DIGEST,
        vpc_id="vpc-1",
        subnet_ids=["subnet-a"],
        bucket_kms_key_arn=KEY,
        **changes,
    )
    dump_database(NAME, args)


@pytest.mark.proves("S0-78")
def test_at_two_in_the_morning_utc(cloud: Cloud) -> None:
    cloud.deploy(make)
    schedule = cloud.one("Schedule").inputs
    assert schedule["scheduleExpression"] == "cron(0 2 * * ? *)"
    assert schedule["scheduleExpressionTimezone"] == "UTC"


@pytest.mark.proves("S0-78")
def test_a_dump_is_whole_before_it_is_kept(cloud: Cloud) -> None:
    cloud.deploy(make)
    task = cloud.one("TaskDefinition").inputs
    assert task["ephemeralStorage"] == {"sizeInGib": 50}
    [container] = json.loads(task["containerDefinitions"])
    shell, flag, command = container["command"]
    assert (shell, flag) == ("sh", "-c")
    steps = [step.split()[0] for step in command.split("&&")]
    assert steps == ["pg_dump", "pg_restore", "aws"]
    environment = {item["name"]: item["value"] for item in container["environment"]}
    assert environment == {
        "PGHOST": environment["PGHOST"],
        "PGPORT": "5432",
        "PGDATABASE": environment["PGDATABASE"],
        "PGSSLMODE": "require",
        "BUCKET": "la-prod-store-1234567",
        "PREFIX": "dumps",
    }
    assert [item["name"] for item in container["secrets"]] == ["PGPASSWORD", "PGUSER"]
    assert all(item["valueFrom"].endswith((":password::", ":username::")) for item in container["secrets"])


def test_the_master_dumps_where_applications_are_users_of_their_own(cloud: Cloud) -> None:
    rotation = Rotation(function_subnet_ids=["subnet-p"])
    cloud.deploy(lambda: make(database={"replicas": 1, "rotation": rotation}))
    [container] = json.loads(cloud.one("TaskDefinition").inputs["containerDefinitions"])
    given = {item["name"]: item["valueFrom"] for item in container["secrets"]}
    master = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:la-prod-database-credentials-id"
    assert given == {"PGUSER": f"{master}:username::", "PGPASSWORD": f"{master}:password::"}


def test_of_mysql_with_its_own_tool_port_and_variables(cloud: Cloud) -> None:
    cloud.deploy(lambda: make(Engine.MYSQL, host="reader.example"))
    [container] = json.loads(cloud.one("TaskDefinition").inputs["containerDefinitions"])
    command = container["command"][2]
    assert (
        'mysqldump --host="$MYSQL_HOST" --user="$MYSQL_USER" --ssl-mode=REQUIRED --single-transaction --routines '
        '--triggers --events --set-gtid-purged=OFF "$MYSQL_DATABASE"'
    ) in command
    told = {item["name"]: item["value"] for item in container["environment"]}
    assert told == {
        "MYSQL_HOST": "reader.example",
        "MYSQL_TCP_PORT": "3306",
        "MYSQL_DATABASE": "app",
        "BUCKET": "la-prod-store-1234567",
        "PREFIX": "dumps",
    }
    given = {item["name"]: item["valueFrom"].split(":")[-3] for item in container["secrets"]}
    assert given == {"MYSQL_USER": "username", "MYSQL_PWD": "password"}
    rules = [made.inputs for made in cloud.of("SecurityGroupIngressRule")]
    assert (3306, f"{NAME}-sg-id") in [
        (rule["fromPort"], rule["referencedSecurityGroupId"]) for rule in rules
    ]


def test_it_writes_below_its_prefix_and_reads_nothing(cloud: Cloud) -> None:
    cloud.deploy(make)
    statements = cloud.named("RolePolicy", f"{NAME}-task-policy").document("policy")["Statement"]
    assert statements == [
        {
            "Sid": "WriteDumps",
            "Effect": "Allow",
            "Action": ["s3:PutObject", "s3:AbortMultipartUpload"],
            "Resource": ["arn:aws:s3:::la-prod-store-1234567/dumps/*"],
        },
        {
            "Sid": "EncryptDumps",
            "Effect": "Allow",
            "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
            "Resource": [KEY],
        },
    ]


def test_the_database_lets_it_in(cloud: Cloud) -> None:
    cloud.deploy(make)
    rules = [made.inputs for made in cloud.of("SecurityGroupIngressRule")]
    assert (5432, f"{NAME}-sg-id") in [
        (rule["fromPort"], rule["referencedSecurityGroupId"]) for rule in rules
    ]


def test_from_a_replica(cloud: Cloud) -> None:
    cloud.deploy(lambda: make(host="replica.example"))
    [container] = json.loads(cloud.one("TaskDefinition").inputs["containerDefinitions"])
    assert {"name": "PGHOST", "value": "replica.example"} in container["environment"]


def test_aws_takes_all_of_it() -> None:
    def program() -> None:
        place = ground()
        zones = place.network.availability_zones
        database = Database(
            "la-prod-database",
            database_args(
                vpc_id=place.network.vpc_id,
                subnet_ids=place.network.database_subnet_ids,
                availability_zones=zones,
                kms_key_arn=None,
            ),
        )
        args = DumpArgs(
            cluster=place.cluster,
            database=database,
            bucket=Bucket("la-prod-store", BucketArgs(purpose=Purpose.BACKUP)),
            image=DIGEST,
            vpc_id=place.network.vpc_id,
            subnet_ids=place.network.private_subnet_ids,
        )
        dump_database(NAME, args)

    simulation = Simulation()
    simulation.run(program)
    [listed] = simulation.client("scheduler").list_schedules()["Schedules"]
    assert listed["Name"].startswith(NAME)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (
            lambda: make(prefix="/dumps/"),
            "dumps go below '/dumps/'. Expected a prefix without slashes at its ends, such as dumps. "
            "Fix: correct prefix.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert not [made for made in cloud.made if made.name.startswith(f"{NAME}-")]
    assert cloud.of("TaskDefinition") == []
