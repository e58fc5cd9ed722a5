"""Two stacks of one product in one simulated cloud: what the standby takes from the first, and what it has itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pytest

from simcloud.testing import Simulation
from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings
from tests.stacks.recording import Recording, run_program

HERE, THERE = "us-east-1", "us-west-2"
FIRST, SECOND = "dev", "dev-standby"
REPLICA = {
    "network": {
        "cidr_block": "10.8.0.0/16",
        **dict.fromkeys(("public_cidrs", "private_cidrs", "database_cidrs")),
    },
    "domain": {"alternative_names": ["www"]},
    "edge": {"kind": "none"},
    "database": {"backup_retention_days": 1, "rotation_days": 30},
    "regions": {
        "second": THERE,
        "database": "replica",
        "uploads": True,
        "secrets": True,
        "standby": True,
        "standby_tasks": 1,
    },
    "watching": {"uptime_check": True, "canary": {}},
    "budget": {"monthly_usd": 900},
    "ci": {"repository": "plinth/product"},
}
# What there is once, in whatever region.
ONCE = (
    "aws:budgets/budget:Budget",
    "aws:synthetics/canary:Canary",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:route53/zone:Zone",
)


@dataclass(frozen=True)
class Two:
    """Both stacks, side by side."""

    first: Simulation
    second: Simulation
    told: Mapping[str, Any]
    told_there: Mapping[str, Any]

    def there(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The inputs of every resource of a type in the standby, by name."""
        standing = self.second.standing.values()
        return {item.name: item.inputs for item in standing if item.type == f"aws:{kind}"}


@pytest.fixture(scope="module")
def two() -> Two:
    first = Simulation(FIRST, HERE)
    told = first.run(lambda: _assembled(_settings(FIRST, REPLICA)))
    second = first.beside(SECOND, THERE)
    return Two(first, second, told, second.run(lambda: _assembled(_settings(SECOND, REPLICA))))


def test_a_second_deployment_of_either_changes_nothing(two: Two) -> None:
    assert two.first.again(lambda: _assembled(_settings(FIRST, REPLICA))) == {}
    assert two.second.again(lambda: _assembled(_settings(SECOND, REPLICA))) == {}


def test_the_networks_can_be_connected(two: Two) -> None:
    vpcs = {
        region: two.first.client("ec2", region).describe_vpcs(
            Filters=[{"Name": "is-default", "Values": ["false"]}]
        )["Vpcs"]
        for region in (HERE, THERE)
    }
    assert {region: [vpc["CidrBlock"] for vpc in found] for region, found in vpcs.items()} == {
        HERE: ["10.8.0.0/16"],
        THERE: ["10.9.0.0/16"],
    }


@pytest.mark.proves("S2-07", "S2-08")
def test_every_public_name_has_one_record_per_region_and_each_its_own_health_check(two: Two) -> None:
    route53 = two.first.client("route53")
    listed = route53.list_resource_record_sets(HostedZoneId=two.told["zone_id"])["ResourceRecordSets"]
    records = {(one["Name"].rstrip("."), one["Failover"]): one for one in listed if "Failover" in one}
    site = "dev.learning-assistant.app"
    assert set(records) == {
        (name, role) for name in (site, f"www.{site}") for role in ("PRIMARY", "SECONDARY")
    }
    balancers = {"PRIMARY": two.told["load_balancer_dns"], "SECONDARY": two.told_there["load_balancer_dns"]}
    for (_, role), record in records.items():
        assert record["AliasTarget"]["DNSName"].rstrip(".") == balancers[role]
        check = route53.get_health_check(HealthCheckId=record["HealthCheckId"])["HealthCheck"]
        asked = check["HealthCheckConfig"]
        assert (asked["FullyQualifiedDomainName"], asked["ResourcePath"]) == (balancers[role], "/api/health")
        assert (asked["Type"], asked["RequestInterval"], asked["FailureThreshold"]) == ("HTTPS", 30, 3)
    assert not [one for one in listed if one["Type"] == "A" and "Failover" not in one]


def test_both_certificates_are_proved_by_the_records_of_the_first_stack(two: Two) -> None:
    [certificate] = two.first.client("acm", THERE).list_certificates()["CertificateSummaryList"]
    assert (certificate["DomainName"], certificate["Status"]) == ("dev.learning-assistant.app", "ISSUED")
    proofs = [one for one in two.there("route53/record:Record").values() if one["name"].startswith("_")]
    assert proofs == []


def test_the_database_follows_and_its_clients_log_in_with_the_copied_secret(two: Two) -> None:
    [replica] = two.first.client("rds", THERE).describe_db_instances()["DBInstances"]
    assert replica["ReadReplicaSourceDBInstanceIdentifier"] == two.told["database_arn"]
    assert replica["DBInstanceIdentifier"] == "la-dev2-database"
    assert two.told_there["database_secret_arn"] == two.told["database_secret_copy_arn"]
    found = two.first.client("secretsmanager", THERE).describe_secret(
        SecretId=two.told_there["database_secret_arn"]
    )
    assert found["PrimaryRegion"] == HERE
    assert found["KmsKeyId"] == two.told["copies_key_arn"]


def test_tasks_read_the_copies_of_the_secrets_and_write_into_the_copied_bucket(two: Two) -> None:
    [definition] = two.there("ecs/taskDefinition:TaskDefinition").values()
    containers = json.loads(definition["containerDefinitions"])
    [container] = [one for one in containers if one.get("portMappings")]
    given = {one["name"]: one["valueFrom"] for one in container["secrets"]}
    assert given["SESSION_SECRET"] == two.told["secret_copy_arns"]["session"]
    assert {value.split(":")[3] for value in given.values()} == {THERE}
    plain = {one["name"]: one["value"] for one in container["environment"]}
    assert plain["UPLOAD_BUCKET"] == two.told["upload_copy_bucket"]
    assert (plain["AWS_REGION"], plain["DATABASE_HOST"]) == (THERE, two.told_there["database_endpoint"])


def test_the_keys_of_the_copies_let_their_readers_decrypt(two: Two) -> None:
    policies = [json.loads(one["policy"]) for one in two.there("iam/rolePolicy:RolePolicy").values()]
    decrypting = [
        resource
        for policy in policies
        for statement in policy["Statement"]
        if "kms:Decrypt" in statement["Action"]
        for resource in (
            [statement["Resource"]] if isinstance(statement["Resource"], str) else statement["Resource"]
        )
    ]
    assert {two.told["secret_copies_key_arn"], two.told["copies_key_arn"]} <= set(decrypting)


def test_as_many_tasks_as_were_told_and_nothing_that_starts_more(two: Two) -> None:
    assert {one["desiredCount"] for one in two.there("ecs/service:Service").values()} == {1}
    assert two.there("appautoscaling/target:Target") == {}


def test_what_there_is_once_is_in_the_first_stack(two: Two) -> None:
    for kind in ONCE:
        assert [item.type for item in two.first.standing.values()].count(kind) == 1, kind
        assert kind not in {item.type for item in two.second.standing.values()}


def test_every_name_of_the_standby_begins_with_its_own_prefix(two: Two) -> None:
    assert not [item.name for item in two.second.registered if not item.name.startswith("la-dev2-")]


def test_who_reaches_whom_in_the_standby(two: Two) -> None:
    related = {
        (item["description"], item["fromPort"])
        for item in two.there("vpc/securityGroupIngressRule:SecurityGroupIngressRule").values()
        if "referencedSecurityGroupId" in item
    }
    assert {("la-dev2-web to la-dev2-database", 5432), ("la-dev2-web to la-dev2-cache", 6379)} <= related


def test_a_pilot_light_has_no_database_and_no_tasks_until_one_is_restored() -> None:
    first, second = "api-platform-production", "api-platform-production-standby"
    simulation = Simulation(first, HERE)
    simulation.run(lambda: _assembled(_settings(first, {})))
    light = simulation.beside(second, THERE)
    light.run(lambda: _assembled(_settings(second, {})))
    assert simulation.client("rds", THERE).describe_db_instances()["DBInstances"] == []
    counts = {item.name: item.inputs["desiredCount"] for item in light.of_type("aws:ecs/service:Service")}
    assert counts == {"api-prod2-api": 0, "api-prod2-auth": 0}

    rds = simulation.client("rds", THERE)
    rds.create_db_cluster(
        DBClusterIdentifier="elsewhere",
        Engine="mysql",
        EngineVersion="8.0",
        DBClusterInstanceClass="db.m6gd.large",
        AllocatedStorage=200,
        StorageType="gp3",
        DatabaseName="production_database",
        MasterUsername="plinth",
        MasterUserPassword="of-no-more-use",
        StorageEncrypted=True,
    )
    rds.create_db_cluster_snapshot(DBClusterIdentifier="elsewhere", DBClusterSnapshotIdentifier="last")
    awake = {"database": {"restore_snapshot": "last"}, "regions": {"standby_tasks": 2}}
    changes = light.again(lambda: _assembled(_settings(second, awake)))
    assert changes["api-prod2-database"] == ("create",)
    assert {name for name in counts if "desiredCount" in changes[name]} == set(counts)


def test_a_standby_says_what_its_first_stack_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not as configuration, which the SDK would keep for the tests after this one.
    monkeypatch.setenv("AWS_REGION", THERE)
    recording = Recording(region=THERE, stacks={f"organization/plinth/{FIRST}": {"zone_id": "Z0123456789"}})
    config = {"plinth:overrides": json.dumps(REPLICA)}
    with pytest.raises(pulumi.RunError) as refused:
        run_program(recording, SECOND, config)
    assert str(refused.value) == (
        "dev-standby: the stack dev has no output upload_copy_bucket, which its standby needs. Expected the "
        "first region to stand, brought up with the same settings. Fix: pulumi up -s dev, then this stack again"
    )


def _settings(stack: str, overrides: Mapping[str, Any]) -> Settings:
    region = THERE if stack.endswith("-standby") else HERE
    return load(Configuration(stack=stack, region=region, values={"overrides": overrides}))


def _assembled(settings: Settings) -> pulumi.Output[dict[str, Any]]:
    return pulumi.Output.all(**assemble(settings))
