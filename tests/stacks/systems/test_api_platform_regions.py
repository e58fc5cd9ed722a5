"""The API platform's two regions: what turns, what is there already, and what people do on the bad day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pytest

from simcloud.testing import Simulation
from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings

HERE, THERE = "us-east-1", "us-west-2"
FIRST, SECOND = "api-platform-production", "api-platform-production-standby"
NAME = "api.yourproject.com"


@dataclass(frozen=True)
class Two:
    """Production and its standby, side by side in one cloud."""

    first: Simulation
    second: Simulation
    told: Mapping[str, Any]
    told_there: Mapping[str, Any]

    def client(self, service: str, region: str) -> Any:
        """boto3 in one of the two regions."""
        return self.first.client(service, region)

    def records(self) -> dict[str, Mapping[str, Any]]:
        """The two answers to the platform's name."""
        listed = self.client("route53", HERE).list_resource_record_sets(HostedZoneId=self.told["zone_id"])
        return {one["Failover"]: one for one in listed["ResourceRecordSets"] if "Failover" in one}


@pytest.fixture(scope="module")
def two() -> Two:
    first = Simulation(FIRST, HERE)
    told = first.run(lambda: _assembled(_settings(FIRST, HERE)))
    second = first.beside(SECOND, THERE)
    return Two(first, second, told, second.run(lambda: _assembled(_settings(SECOND, THERE))))


@pytest.mark.proves("S2-07")
def test_a_load_balancer_in_each_region_answers_to_the_one_name(two: Two) -> None:
    balancers = {"PRIMARY": two.told["load_balancer_dns"], "SECONDARY": two.told_there["load_balancer_dns"]}
    found = two.records()
    assert {record["Name"].rstrip(".") for record in found.values()} == {NAME}
    assert {role: record["AliasTarget"]["DNSName"].rstrip(".") for role, record in found.items()} == balancers
    for region, name in ((HERE, balancers["PRIMARY"]), (THERE, balancers["SECONDARY"])):
        [balancer] = two.client("elbv2", region).describe_load_balancers()["LoadBalancers"]
        assert (balancer["DNSName"], balancer["Scheme"]) == (name, "internet-facing")
        [certificate] = two.client("acm", region).list_certificates()["CertificateSummaryList"]
        assert (certificate["DomainName"], certificate["Status"]) == (NAME, "ISSUED")


@pytest.mark.proves("S2-08")
def test_dns_turns_by_itself_to_the_region_that_still_answers(two: Two) -> None:
    """Three answers in a row that fail, half a minute apart, and the name leads to the other region."""
    route53 = two.client("route53", HERE)
    for record in two.records().values():
        asked = route53.get_health_check(HealthCheckId=record["HealthCheckId"])["HealthCheck"]
        config = asked["HealthCheckConfig"]
        assert config["FullyQualifiedDomainName"] == record["AliasTarget"]["DNSName"].rstrip(".")
        assert (config["Type"], config["ResourcePath"]) == ("HTTPS", "/api/health")
        assert (config["RequestInterval"], config["FailureThreshold"]) == (30, 3)


@pytest.mark.proves("S2-08", "S2-45")
def test_files_and_secrets_are_there_before_they_are_needed(two: Two) -> None:
    source = two.client("s3", HERE).get_bucket_replication(Bucket=two.told["upload_bucket"])
    [rule] = source["ReplicationConfiguration"]["Rules"]
    assert (rule["Status"], rule["Filter"]) == ("Enabled", {"Prefix": ""})
    copy = two.told["upload_copy_bucket"]
    assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{copy}"
    s3 = two.client("s3", THERE)
    assert s3.get_bucket_location(Bucket=copy)["LocationConstraint"] == THERE
    assert s3.get_bucket_versioning(Bucket=copy)["Status"] == "Enabled"
    # The standby's tasks write where the copies are.
    assert two.told_there["upload_bucket"] == copy
    for slot, arn in two.told["secret_copy_arns"].items():
        found = two.client("secretsmanager", THERE).describe_secret(SecretId=arn)
        assert (found["Name"], found["PrimaryRegion"]) == (f"api-platform/production/{slot}", HERE)


@pytest.mark.proves("S2-48")
def test_people_start_the_application_there(two: Two) -> None:
    """By the procedure of docs/second-region.md: restore a database, name its snapshot, say how many tasks."""
    ecs = two.client("ecs", THERE)
    names = list(two.told_there["service_names"].values())
    waiting = ecs.describe_services(cluster=two.told_there["cluster_name"], services=names)["services"]
    assert [one["desiredCount"] for one in waiting] == [0, 0]
    assert two.client("rds", THERE).describe_db_clusters()["DBClusters"] == []
    _restored(two)
    awake = {"database": {"restore_snapshot": "last"}, "regions": {"standby_tasks": 3}}
    changes = two.second.again(lambda: _assembled(_settings(SECOND, THERE, awake)))
    assert changes["api-prod2-database"] == ("create",)
    for name in ("api-prod2-api", "api-prod2-auth"):
        assert "desiredCount" in changes[name]
        # They are told of the database, by the document's names too.
        assert "containerDefinitions" in changes[f"{name}-task-definition"]
    assert not [name for name, change in changes.items() if change == ("delete",)]


def test_both_stay_as_they_are(two: Two) -> None:
    assert two.first.again(lambda: _assembled(_settings(FIRST, HERE))) == {}
    assert two.second.again(lambda: _assembled(_settings(SECOND, THERE))) == {}


def _restored(two: Two) -> None:
    """What people have saved of the data, as a snapshot in the second region."""
    rds = two.client("rds", THERE)
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


def _settings(stack: str, region: str, overrides: Mapping[str, Any] | None = None) -> Settings:
    return load(Configuration(stack=stack, region=region, values={"overrides": overrides or {}}))


def _assembled(settings: Settings) -> pulumi.Output[dict[str, Any]]:
    return pulumi.Output.all(**assemble(settings))
