"""Two stacks of one product in two regions: the second refers to the first, follows its data and takes over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.engine.bench import Bench, changed
from tests.engine.inventory import inventory

pytestmark = [pytest.mark.engine, pytest.mark.slow]

FIRST, SECOND = "dev", "dev-standby"
HERE, THERE = "us-east-1", "us-west-2"
HOST = "dev.learning-assistant.app"

# Small, and with everything that a standby can be told to have.
OVERRIDES = f"""\
  plinth:overrides:
    domain: {{alternative_names: [www]}}
    edge: {{kind: none}}
    database: {{backup_retention_days: 1}}
    regions:
      second: {THERE}
      database: replica
      uploads: true
      secrets: true
      standby: true
      standby_tasks: 1
"""
PROMOTED = OVERRIDES + "      database_promoted: true\n"
REGIONS = {FIRST: HERE, SECOND: THERE}


@pytest.mark.proves("S2-07", "S2-08", "S2-45")
def test_a_standby_comes_up_beside_its_first_region_and_takes_over(bench: Bench) -> None:
    _configure(bench, SECOND, OVERRIDES)
    _configure(bench, FIRST, OVERRIDES)
    assert _why(bench.sim("up", SECOND, code=4)) == f'unknown stack "organization/plinth/{FIRST}"'
    first = bench.sim("up", FIRST)
    second = bench.sim("up", SECOND)
    _answers_by_health(bench, first["outputs"]["zone_id"]["value"])
    _follows(bench, second)
    for stack in (FIRST, SECOND):
        assert bench.sim("preview", stack)["steps"] == [], stack

    _configure(bench, SECOND, PROMOTED)
    assert changed(bench.sim("up", SECOND)) == {"la-dev2-database": ("replicateSourceDb",)}
    assert "ReadReplicaSourceDBInstanceIdentifier" not in _replica(bench)
    assert bench.sim("preview", SECOND)["steps"] == []

    bench.sim("destroy", SECOND)
    assert _answering(bench, first["outputs"]["zone_id"]["value"]) == {"PRIMARY"}
    bench.sim("destroy", FIRST)
    assert (inventory(bench), inventory(replace(bench, region=THERE))) == ({}, {})


def _configure(bench: Bench, stack: str, text: str) -> None:
    (bench.project / f"Pulumi.{stack}.yaml").write_text(f"config:\n  aws:region: {REGIONS[stack]}\n{text}")


def _why(document: Any) -> str:
    (failure,) = document["failures"]
    return str(failure["text"])


def _answers_by_health(bench: Bench, zone_id: str) -> None:
    """Each name has two records, and each record the health check of its own region's load balancer."""
    route53 = bench.client("route53")
    checks = {
        check["Id"]: check["HealthCheckConfig"] for check in route53.list_health_checks()["HealthChecks"]
    }
    for record in _failover_records(bench, zone_id):
        region = HERE if record["Failover"] == "PRIMARY" else THERE
        target, check = record["AliasTarget"]["DNSName"], checks[record["HealthCheckId"]]
        assert f".{region}.elb.amazonaws.com" in target
        assert check["FullyQualifiedDomainName"] == target.rstrip(".")
        assert (check["Type"], check["ResourcePath"], check["Port"]) == ("HTTPS", "/api/health", 443)
        assert (check["RequestInterval"], check["FailureThreshold"], check["EnableSNI"]) == (30, 3, True)
    names = {(record["Name"].rstrip("."), record["Failover"]) for record in _failover_records(bench, zone_id)}
    roles = ("PRIMARY", "SECONDARY")
    assert names == {(name, role) for name in (HOST, f"www.{HOST}") for role in roles}


def _follows(bench: Bench, second: Any) -> None:
    """Data, files and secrets of the first region are there under other addresses, and the tasks get those."""
    assert _replica(bench)["ReadReplicaSourceDBInstanceIdentifier"].startswith(f"arn:aws:rds:{HERE}:")
    outputs = {name: told["value"] for name, told in second["outputs"].items()}
    (rules,) = [
        bench.client("s3").get_bucket_replication(Bucket=bucket["Name"])["ReplicationConfiguration"]["Rules"]
        for bucket in bench.client("s3").list_buckets()["Buckets"]
        if bucket["Name"].startswith("la-dev-uploads-") and "copy" not in bucket["Name"]
    ]
    assert rules[0]["Destination"]["Bucket"] == f"arn:aws:s3:::{outputs['upload_bucket']}"
    ecs = bench.client("ecs", THERE)
    for family in ecs.list_task_definition_families()["families"]:
        (container,) = ecs.describe_task_definition(taskDefinition=family)["taskDefinition"][
            "containerDefinitions"
        ]
        environment = {one["name"]: one["value"] for one in container["environment"]}
        assert environment["AWS_REGION"] == THERE
        for secret in container["secrets"]:
            assert secret["valueFrom"].startswith(f"arn:aws:secretsmanager:{THERE}:"), secret["name"]
    for secret in ("jwt", "session", "elasticsearch", "google-analytics"):
        bench.client("secretsmanager", THERE).describe_secret(SecretId=f"learning-assistant/dev/{secret}")


def _replica(bench: Bench) -> Any:
    (found,) = bench.client("rds", THERE).describe_db_instances()["DBInstances"]
    return found


def _answering(bench: Bench, zone_id: str) -> set[str]:
    return {record["Failover"] for record in _failover_records(bench, zone_id)}


def _failover_records(bench: Bench, zone_id: str) -> list[Any]:
    listed = bench.client("route53").list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]
    return [record for record in listed if "Failover" in record]
