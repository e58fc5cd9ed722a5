"""The database: its instances, their password, who may connect, and what is refused."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from components.database import NO_ROTATION, Credentials, Database, DatabaseArgs, Engine
from components.errors import ComponentError
from tests.components.peer import Peer
from tests.components.recording import ACCOUNT, REGION, Cloud

KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"]


def database_args(**changes: Any) -> DatabaseArgs:
    given: dict[str, Any] = {
        "engine": Engine.POSTGRES,
        "engine_version": "16.4",
        "instance_class": "db.r6g.large",
        "storage_gb": 100,
        "max_storage_gb": 500,
        "multi_az": False,
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b", "subnet-c"],
        "availability_zones": ZONES,
        "kms_key_arn": KEY,
        "backup_retention_days": 7,
        "deletion_protection": True,
        "final_snapshot": True,
        "database_name": "app",
        "username": "owner",
    }
    return DatabaseArgs(**{**given, **changes})


def deploy(cloud: Cloud, **changes: Any) -> Database:
    return cloud.deploy(lambda: Database("la-prod-database", database_args(**changes)))


def test_a_primary_is_private_encrypted_and_kept(cloud: Cloud) -> None:
    deploy(cloud)
    primary = cloud.one("Instance")
    assert primary.name == "la-prod-database-primary"
    assert primary.parent == "la-prod-database"
    expected = {
        "identifier": "la-prod-database-primary",
        "engine": "postgres",
        "engineVersion": "16.4",
        "instanceClass": "db.r6g.large",
        "allocatedStorage": 100,
        "maxAllocatedStorage": 500,
        "storageType": "gp3",
        "storageEncrypted": True,
        "kmsKeyId": KEY,
        "publiclyAccessible": False,
        "multiAz": False,
        "availabilityZone": "us-east-1a",
        "port": 5432,
        "dbName": "app",
        "username": "owner",
        "manageMasterUserPassword": True,
        "masterUserSecretKmsKeyId": KEY,
        "backupRetentionPeriod": 7,
        "backupWindow": "03:00-04:00",
        "maintenanceWindow": "sun:04:30-sun:05:30",
        "deleteAutomatedBackups": False,
        "skipFinalSnapshot": False,
        "finalSnapshotIdentifier": "la-prod-database-final",
        "deletionProtection": True,
        "copyTagsToSnapshot": True,
        "applyImmediately": False,
        "autoMinorVersionUpgrade": True,
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": KEY,
        "performanceInsightsRetentionPeriod": 7,
        "monitoringInterval": 0,
        "dbSubnetGroupName": "la-prod-database-subnets-1234567",
        "parameterGroupName": "la-prod-database-postgres16-1234567",
        "vpcSecurityGroupIds": ["la-prod-database-sg-id"],
        "tags": {"Name": "la-prod-database-primary"},
    }
    assert primary.inputs == expected


def test_replicas_inherit_and_stand_in_the_other_zones(cloud: Cloud) -> None:
    deploy(cloud, replicas=2, rotation=NO_ROTATION)
    first, second = cloud.of("Instance")[1:]
    assert [first.name, second.name] == ["la-prod-database-replica-1", "la-prod-database-replica-2"]
    assert [made.inputs["availabilityZone"] for made in (first, second)] == ["us-east-1b", "us-east-1c"]
    for replica in (first, second):
        assert replica.inputs["replicateSourceDb"] == "la-prod-database-primary"
        assert replica.inputs["storageEncrypted"] is True
        assert replica.inputs["skipFinalSnapshot"] is True
        inherited = {"username", "passwordWo", "dbName", "kmsKeyId", "dbSubnetGroupName", "engineVersion"}
        assert not inherited & set(replica.inputs)


def test_a_multi_az_primary_is_placed_by_rds(cloud: Cloud) -> None:
    deploy(cloud, multi_az=True)
    primary = cloud.one("Instance")
    assert primary.inputs["multiAz"] is True
    assert "availabilityZone" not in primary.inputs


def test_a_generated_password_is_written_once_and_read_back(cloud: Cloud) -> None:
    database = deploy(cloud, replicas=1, rotation=NO_ROTATION)
    version = cloud.one("SecretVersion")
    written = pulumi.runtime.rpc.unwrap_rpc_secret(version.inputs["secretStringWo"])
    assert pulumi.runtime.rpc.is_rpc_secret(version.inputs["secretStringWo"])
    assert written == '{"username": "owner", "password": "drawn-32"}'
    assert version.inputs["secretStringWoVersion"] == 1
    assert "secretString" not in version.inputs
    primary = cloud.named("Instance", "la-prod-database-primary")
    assert pulumi.runtime.rpc.is_rpc_secret(primary.inputs["passwordWo"])
    assert pulumi.runtime.rpc.unwrap_rpc_secret(primary.inputs["passwordWo"]) == "drawn-32"
    assert primary.inputs["passwordWoVersion"] == 1
    assert not {"password", "manageMasterUserPassword"} & set(primary.inputs)
    assert "la-prod-database-credentials-value" in primary.after
    assert database.credentials.credentials is Credentials.SECRET
    secret = cloud.one("Secret")
    assert (secret.inputs["kmsKeyId"], secret.inputs["recoveryWindowInDays"]) == (KEY, 30)


def test_a_new_password_is_a_new_version_on_both_sides(cloud: Cloud) -> None:
    deploy(cloud, replicas=1, rotation=NO_ROTATION, credentials_version=2)
    assert cloud.one("SecretVersion").inputs["secretStringWoVersion"] == 2
    primary = cloud.named("Instance", "la-prod-database-primary")
    assert primary.inputs["passwordWoVersion"] == 2


def test_the_secret_of_each_kind(cloud: Cloud) -> None:
    managed = deploy(cloud)
    assert cloud.value(managed.secret.field("password").value_from()) == (
        f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!la-prod-database-primary:password::"
    )
    generated = cloud.deploy(
        lambda: Database(
            "la-dev-database", database_args(credentials=Credentials.SECRET, rotation=NO_ROTATION)
        )
    )
    assert cloud.value(generated.secret.field("username").value_from()) == (
        f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:la-dev-database-credentials-id:username::"
    )


def test_endpoints_and_identifiers(cloud: Cloud) -> None:
    database = deploy(cloud, replicas=2, rotation=NO_ROTATION)
    assert cloud.value(database.endpoint) == "la-prod-database-primary.rds.example"
    assert [cloud.value(reader) for reader in database.reader_endpoints] == [
        "la-prod-database-replica-1.rds.example",
        "la-prod-database-replica-2.rds.example",
    ]
    assert cloud.value(database.identifier) == "la-prod-database-primary"
    assert database.port == 5432


def test_parameters_are_in_units_and_force_tls(cloud: Cloud) -> None:
    deploy(cloud, parameters={"shared_buffers": "256MB", "max_connections": "200"})
    group = cloud.one("ParameterGroup")
    assert group.inputs["family"] == "postgres16"
    assert group.inputs["parameters"] == [
        {"name": "log_lock_waits", "value": "1", "applyMethod": "immediate"},
        {"name": "log_min_duration_statement", "value": "1000", "applyMethod": "immediate"},
        {"name": "max_connections", "value": "200", "applyMethod": "pending-reboot"},
        {"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"},
        {"name": "shared_buffers", "value": "32768", "applyMethod": "pending-reboot"},
    ]


def test_log_groups_exist_before_the_instances_that_fill_them(cloud: Cloud) -> None:
    database = deploy(cloud, replicas=1, rotation=NO_ROTATION, log_retention_days=14)
    groups = [made.inputs for made in cloud.of("LogGroup")]
    assert (
        [group["name"] for group in groups]
        == list(database.log_group_names)
        == [
            "/aws/rds/instance/la-prod-database-primary/postgresql",
            "/aws/rds/instance/la-prod-database-primary/upgrade",
            "/aws/rds/instance/la-prod-database-replica-1/postgresql",
            "/aws/rds/instance/la-prod-database-replica-1/upgrade",
        ]
    )
    assert {(group["retentionInDays"], group["kmsKeyId"]) for group in groups} == {(14, KEY)}
    primary = cloud.named("Instance", "la-prod-database-primary")
    assert "la-prod-database-primary-postgresql-logs" in primary.after


def test_enhanced_monitoring_brings_its_role(cloud: Cloud) -> None:
    deploy(cloud, monitoring_interval_seconds=60)
    role = cloud.one("Role")
    [statement] = role.document("assumeRolePolicy")["Statement"]
    assert statement["Principal"] == {"Service": "monitoring.rds.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:rds:{REGION}:{ACCOUNT}:db:*"},
    }
    assert cloud.one("RolePolicyAttachment").inputs["policyArn"] == (
        "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    )
    primary = cloud.one("Instance")
    assert primary.inputs["monitoringInterval"] == 60
    assert "la-prod-database-monitoring-policy" in primary.after


def test_only_allowed_peers_connect(cloud: Cloud) -> None:
    def program() -> None:
        Database("la-prod-database", database_args()).allow_from(Peer("la-prod-web"))

    cloud.deploy(program)
    group = cloud.one("SecurityGroup")
    assert not {"ingress", "egress"} & set(group.inputs)
    ingress = cloud.one("SecurityGroupIngressRule").inputs
    assert ingress["securityGroupId"] == "la-prod-database-sg-id"
    assert ingress["referencedSecurityGroupId"] == "sg-la-prod-web"
    assert (ingress["fromPort"], ingress["toPort"], ingress["ipProtocol"]) == (5432, 5432, "tcp")
    egress = cloud.one("SecurityGroupEgressRule").inputs
    assert egress["securityGroupId"] == "sg-la-prod-web"
    assert egress["referencedSecurityGroupId"] == "la-prod-database-sg-id"


def test_what_holds_data_is_protected(cloud: Cloud) -> None:
    deploy(cloud, replicas=1, rotation=NO_ROTATION, protect=True)
    assert {made.name for made in cloud.made if made.protect} == {
        "la-prod-database-primary",
        "la-prod-database-credentials",
    }


def test_mysql(cloud: Cloud) -> None:
    database = deploy(cloud, engine=Engine.MYSQL, engine_version="8.0.39", max_storage_gb=100)
    primary = cloud.one("Instance")
    assert database.port == primary.inputs["port"] == 3306
    assert primary.inputs["enabledCloudwatchLogsExports"] == ["error", "slowquery"]
    assert "maxAllocatedStorage" not in primary.inputs
    assert cloud.one("ParameterGroup").name == "la-prod-database-mysql8-0"


def test_without_a_final_snapshot_nothing_is_left(cloud: Cloud) -> None:
    deploy(cloud, final_snapshot=False)
    primary = cloud.one("Instance").inputs
    assert (primary["skipFinalSnapshot"], primary["deleteAutomatedBackups"]) == (True, True)
    assert "finalSnapshotIdentifier" not in primary


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"replicas": 2, "credentials": Credentials.MANAGED},
        "managed credentials with 2 read replica(s): RDS does not manage the master password of an "
        "instance that "
        "has read replicas. Expected credentials `secret` wherever there are replicas. Fix: leave "
        "`credentials` out (it becomes `secret`), or set `replicas` to 0.",
    ),
    (
        {"replicas": 2, "backup_retention_days": 0},
        "2 read replica(s) of a database without backups, from which RDS makes replicas. Expected "
        "`backup_retention_days` of 1 or more. Fix: set `backup_retention_days` to 1 or more, or "
        "`replicas` to 0.",
    ),
    (
        {"backup_retention_days": 36},
        "backups are kept 36 days. Expected 0 to 35. Fix: set `backup_retention_days` within it.",
    ),
    (
        {"replicas": 16},
        "16 read replicas. Expected 0 to 15. Fix: set `replicas` within it.",
    ),
    (
        {"availability_zones": ["us-east-1a", "us-east-1a"]},
        "subnets in 1 availability zone(s). Expected at least two, which an RDS subnet group must cover "
        "even for "
        "a single instance. Fix: give `availability_zones` and `subnet_ids` of two or more zones.",
    ),
    (
        {"storage_gb": 10},
        "10 GB of storage. Expected at least 20 GB of gp3. Fix: set `storage_gb` to 20 or more.",
    ),
    (
        {"max_storage_gb": 105},
        "storage may grow from 100 to 105 GB. Expected a limit that is equal (no growth) or at least a tenth "
        "higher. Fix: set `max_storage_gb` to 110 or more.",
    ),
    (
        {"username": "admin"},
        "`admin` cannot be the master user of postgres. Expected up to 32 letters, digits and "
        "underscores, and "
        "none of admin, rds_superuser, rdsadmin, rdsrepladmin. Fix: choose another `username`.",
    ),
    (
        {"monitoring_interval_seconds": 20},
        "enhanced monitoring every 20 seconds. Expected one of 0, 1, 5, 10, 15, 30, 60 (0 is off). "
        "Fix: set `monitoring_interval_seconds` to one of these.",
    ),
    (
        {"engine": Engine.MYSQL, "engine_version": "8.0.39", "instance_class": "db.t4g.micro"},
        "Performance Insights do not exist for mysql on db.t4g.micro. Expected a class of size medium "
        "or larger. Fix: set `performance_insights` to False, or take a larger class.",
    ),
    (
        {"parameters": {"rds.force_ssl": "0"}},
        "parameter `rds.force_ssl` is `0`, which would allow connections without TLS. Expected `1`, "
        "which is set anyway. Fix: remove `rds.force_ssl` from `parameters`.",
    ),
    (
        {"engine_version": "latest"},
        "`latest` is no postgres version. Expected numbers with dots, such as 16 or 16.4. "
        "Fix: set `engine_version` to a version that RDS offers.",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, **changes)
    assert str(refused.value) == f"la-prod-database: {sentence}"
    assert cloud.made == []


@pytest.mark.parametrize("name", ["La-prod", "la--prod", "1a", "la-prod-"])
def test_a_name_that_rds_would_not_take_is_refused(cloud: Cloud, name: str) -> None:
    make: Callable[[], Database] = lambda: Database(name, database_args())  # noqa: E731
    with pytest.raises(ComponentError, match="the name cannot become an RDS identifier"):
        cloud.deploy(make)


def test_a_name_that_leaves_no_room_for_its_role_is_refused(cloud: Cloud) -> None:
    with pytest.raises(ComponentError, match="-monitoring: 57 characters are too many for a IAM role name"):
        cloud.deploy(lambda: Database("x" * 46, database_args()))
