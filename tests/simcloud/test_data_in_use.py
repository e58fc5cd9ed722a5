"""What AWS refuses to remove or to change of policies, keys, secrets, buckets and databases, and what it keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World

ROLE, POLICY = "aws:iam/role:Role", "aws:iam/policy:Policy"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
BUCKET, KEY = "aws:s3/bucket:Bucket", "aws:kms/key:Key"
SECRET, VALUE = "aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretVersion:SecretVersion"
DATABASE = "aws:rds/instance:Instance"
SUBNETS, SETTINGS = "aws:rds/subnetGroup:SubnetGroup", "aws:rds/parameterGroup:ParameterGroup"
PASSWORD = "not-a-real-password"


def document(**statement: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


TRUST = document(Principal={"Service": "ec2.amazonaws.com"}, Action="sts:AssumeRole")
READ = document(Action="s3:GetObject", Resource="*")


@pytest.fixture
def world() -> World:
    return World()


def database(world: World, **props: Any) -> Resource:
    given = {
        "identifier": "app-db",
        "engine": "postgres",
        "engineVersion": "16.4",
        "instanceClass": "db.t4g.micro",
        "allocatedStorage": 100,
        "username": "dba",
        "password": PASSWORD,
        "backupRetentionPeriod": 7,
        "skipFinalSnapshot": True,
    }
    return world.make(DATABASE, **{**given, **props})


def change(world: World, resource: Resource, **props: Any) -> dict[str, Any]:
    new = {**resource.inputs, **props}
    return world.provider.update(
        "urn:x::it", DATABASE, resource.identity, resource.inputs, new, resource.outputs
    )


def test_policy_and_role_stay_while_they_are_attached_by_hand(world: World) -> None:
    role, policy = world.make(ROLE, assumeRolePolicy=TRUST), world.make(POLICY, policy=READ)
    attachment = {"RoleName": role.identity, "PolicyArn": policy.identity}
    iam = world.ctx.client("iam")
    iam.attach_role_policy(**attachment)
    with pytest.raises(Refusal, match="DeleteConflict"):
        world.remove(POLICY, policy)
    with pytest.raises(Refusal, match="DeleteConflict"):
        world.remove(ROLE, role)
    iam.detach_role_policy(**attachment)
    world.remove(POLICY, policy)
    world.remove(ROLE, role)


def test_role_that_may_let_go_does(world: World) -> None:
    role = world.make(ROLE, assumeRolePolicy=TRUST, forceDetachPolicies=True)
    world.ctx.client("iam").put_role_policy(RoleName=role.identity, PolicyName="x", PolicyDocument=READ)
    world.remove(ROLE, role)


def test_ten_policies_fit_a_role(world: World) -> None:
    role = world.make(ROLE, assumeRolePolicy=TRUST)
    for number in range(10):
        policy = world.make(POLICY, name=f"p{number}", policy=READ)
        world.make(ATTACHMENT, role=role.identity, policyArn=policy.identity)
    eleventh = world.make(POLICY, name="p10", policy=READ)
    with pytest.raises(Refusal, match="LimitExceeded: managed policies per role: 10 allowed"):
        world.make(ATTACHMENT, role=role.identity, policyArn=eleventh.identity)


def test_bucket_with_objects_stays_unless_forced(world: World) -> None:
    kept, forced = (
        world.make(BUCKET, bucket="app-kept"),
        world.make(BUCKET, bucket="app-forced", forceDestroy=True),
    )
    s3 = world.ctx.client("s3")
    s3.put_bucket_versioning(Bucket="app-forced", VersioningConfiguration={"Status": "Enabled"})
    for body in (b"1", b"2"):
        s3.put_object(Bucket="app-kept", Key="k", Body=body)
        s3.put_object(Bucket="app-forced", Key="k", Body=body)
    s3.delete_object(Bucket="app-forced", Key="k")
    with pytest.raises(Refusal, match="BucketNotEmpty"):
        world.remove(BUCKET, kept)
    world.remove(BUCKET, forced)
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["app-kept"]


def test_bucket_name_is_taken(world: World) -> None:
    world.make(BUCKET, bucket="app-data")
    with pytest.raises(Refusal, match="BucketAlreadyOwnedByYou"):
        world.make(BUCKET, bucket="app-data")


def test_public_policy_over_http_is_held_too(world: World) -> None:
    s3 = world.ctx.client("s3")
    s3.create_bucket(Bucket="app-data")
    s3.put_public_access_block(Bucket="app-data", PublicAccessBlockConfiguration={"BlockPublicPolicy": True})
    everybody = document(Principal="*", Action="s3:GetObject", Resource="arn:aws:s3:::app-data/*")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_bucket_policy(Bucket="app-data", Policy=everybody)
    with pytest.raises(ClientError, match="MalformedPolicy"):
        s3.put_bucket_policy(Bucket="app-data", Policy="{")


def test_key_waits_before_it_goes(world: World) -> None:
    key = world.make(KEY, deletionWindowInDays=7)
    world.remove(KEY, key)
    described = world.ctx.client("kms").describe_key(KeyId=key.identity)["KeyMetadata"]
    assert described["KeyState"] == "PendingDeletion"


def test_name_of_a_secret_is_blocked_until_it_is_gone(world: World) -> None:
    secret = world.make(SECRET, name="app/db", recoveryWindowInDays=7)
    world.remove(SECRET, secret)
    with pytest.raises(Refusal, match=r"InvalidRequest.*scheduled for deletion"):
        world.make(SECRET, name="app/db")
    world.ctx.client("secretsmanager").restore_secret(SecretId="app/db")
    at_once = Resource(secret.identity, secret.outputs, {**secret.inputs, "recoveryWindowInDays": 0})
    at_once.outputs["recoveryWindowInDays"] = 0
    world.remove(SECRET, at_once)
    world.make(SECRET, name="app/db")


def test_write_only_secret_is_nowhere_but_in_the_secret(world: World) -> None:
    secret = world.make(SECRET, name="app/db", recoveryWindowInDays=0)
    value = world.make(VALUE, secretId=secret.identity, secretStringWo="s3cr3t", secretStringWoVersion=1)
    assert "s3cr3t" not in repr(value.outputs)
    found = world.ctx.client("secretsmanager").get_secret_value(SecretId="app/db")
    assert found["SecretString"] == "s3cr3t"


def test_database_asks_for_its_last_snapshot(world: World) -> None:
    made = database(world, skipFinalSnapshot=False)
    with pytest.raises(Refusal, match="finalSnapshotIdentifier is required"):
        world.remove(DATABASE, made)
    world.remove(
        DATABASE, Resource(made.identity, {**made.outputs, "finalSnapshotIdentifier": "last"}, made.inputs)
    )
    snapshots = world.ctx.client("rds").describe_db_snapshots(DBSnapshotIdentifier="last")["DBSnapshots"]
    assert [snapshot["DBInstanceIdentifier"] for snapshot in snapshots] == ["app-db"]


def test_protected_database_stays(world: World) -> None:
    made = database(world, deletionProtection=True)
    with pytest.raises(Refusal, match="deletionProtection"):
        world.remove(DATABASE, made)
    with pytest.raises(ClientError, match="disable deletion protection"):
        world.ctx.client("rds").delete_db_instance(DBInstanceIdentifier="app-db", SkipFinalSnapshot=True)


@pytest.mark.parametrize(
    ("change_to", "refused"),
    [
        ({"allocatedStorage": 50}, "Invalid storage size for postgres: 50"),
        ({"engineVersion": "15.8"}, "Cannot upgrade postgres from 16.4 to 15.8"),
        ({"engineVersion": "17.5"}, "AllowMajorVersionUpgrade flag must be present"),
        ({"engineVersion": "16.98"}, "Cannot find upgrade target 16.98"),
    ],
)
def test_changes_that_cannot_be(world: World, change_to: dict[str, Any], refused: str) -> None:
    with pytest.raises(Refusal, match=f"InvalidParameterCombination: .*{refused}"):
        change(world, database(world), **change_to)


def test_write_only_password_is_set_anew_only_with_its_version(world: World) -> None:
    made = database(world, password=None, passwordWo=PASSWORD, passwordWoVersion=1)
    assert PASSWORD not in repr(made.outputs)
    urn = f"urn:pulumi:test::plinth::{DATABASE}::it"
    again = {**made.inputs, "passwordWo": "another-one-drawn"}
    assert world.provider.diff(urn, DATABASE, made.inputs, made.outputs, again).difference.paths == {}
    raised = {**again, "passwordWoVersion": 2}
    plan = world.provider.diff(urn, DATABASE, made.inputs, made.outputs, raised)
    assert (set(plan.difference.paths), plan.replaces) == ({"passwordWoVersion"}, frozenset())


def test_managed_password_is_a_secret_of_the_account(world: World) -> None:
    made = database(world, password=None, manageMasterUserPassword=True)
    arn = made.outputs["masterUserSecrets"][0]["secretArn"]
    client = world.ctx.client("secretsmanager")
    assert json.loads(client.get_secret_value(SecretId=arn)["SecretString"])["username"] == "dba"
    world.remove(DATABASE, made)
    with pytest.raises(ClientError, match="can't find"):
        client.describe_secret(SecretId=arn)


def test_groups_stay_while_a_database_uses_them(world: World) -> None:
    _, _, subnets = world.network()
    group = world.make(SUBNETS, name="data", subnetIds=[subnet.identity for subnet in subnets])
    settings = world.make(SETTINGS, name="pg16", family="postgres16")
    made = database(world, dbSubnetGroupName="data", parameterGroupName="pg16")
    with pytest.raises(Refusal, match=r"InvalidDBSubnetGroupStateFault: .*app-db is still using it"):
        world.remove(SUBNETS, group)
    with pytest.raises(Refusal, match="InvalidDBParameterGroupState"):
        world.remove(SETTINGS, settings)
    world.remove(DATABASE, made)
    world.remove(SUBNETS, group)
    world.remove(SETTINGS, settings)


def test_replicas_outlive_their_source_and_need_its_backups(world: World) -> None:
    primary = database(world)
    replica = world.make(
        DATABASE,
        identifier="app-db-replica",
        replicateSourceDb="app-db",
        instanceClass="db.t4g.micro",
        skipFinalSnapshot=True,
    )
    with pytest.raises(Refusal, match="Backups cannot be turned off while there are read replicas"):
        change(world, primary, backupRetentionPeriod=0)
    world.remove(DATABASE, primary)
    read = world.provider.read("urn:x::r", DATABASE, replica.identity, replica.inputs, replica.outputs)
    assert read is not None
    assert read.outputs["replicateSourceDb"] is None
    world.remove(DATABASE, replica)


def test_every_database_has_its_own_endpoint_and_id(world: World) -> None:
    one, other = database(world), database(world, identifier="other-db")
    assert one.identity != other.identity
    assert one.outputs["address"].startswith("app-db.c")
    assert one.outputs["endpoint"] == f"{one.outputs['address']}:5432"
    assert one.outputs["address"].removeprefix("app-db") == other.outputs["address"].removeprefix("other-db")


def test_database_is_imported_by_its_identifier(world: World) -> None:
    made = database(world)
    found = world.provider.read(f"urn:pulumi:test::plinth::{DATABASE}::it", DATABASE, "app-db", {}, {})
    assert found is not None
    assert found.identity == made.identity


def test_a_standby_takes_over_under_the_same_name(world: World) -> None:
    databases = world.ctx.client("rds")

    def zones() -> tuple[str, str, str]:
        [found] = databases.describe_db_instances(DBInstanceIdentifier="app-db")["DBInstances"]
        return found["AvailabilityZone"], found["SecondaryAvailabilityZone"], found["Endpoint"]["Address"]

    database(world, multiAz=True)
    primary, standby, address = zones()
    databases.reboot_db_instance(DBInstanceIdentifier="app-db", ForceFailover=True)
    assert zones() == (standby, primary, address)


def test_without_a_standby_nothing_takes_over(world: World) -> None:
    database(world)
    with pytest.raises(ClientError) as refused:
        world.ctx.client("rds").reboot_db_instance(DBInstanceIdentifier="app-db", ForceFailover=True)
    assert refused.value.response["Error"]["Code"] == "InvalidParameterCombination"
