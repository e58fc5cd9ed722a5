"""The real engine takes dev through its life: up, no change, a change, drift, refresh, repair, destroy."""

from __future__ import annotations

import pytest

from tests.engine.bench import Bench, changed
from tests.engine.inventory import inventory

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def test_dev_from_up_to_nothing(bench: Bench) -> None:
    before = {file.name: file.read_bytes() for file in bench.project.glob("Pulumi*.yaml")}
    first = bench.sim("up", "dev")
    created = first["counts"]["create"]
    assert set(first["counts"]) == {"create"}
    assert {item["name"] for item in first["components"]} >= {
        "la-dev-network", "la-dev-gateway", "la-dev-web", "la-dev-database", "la-dev-cache", "la-dev-edge",
        "la-dev-secrets", "la-dev-alarms", "la-dev-uploads", "la-dev-observability",
    }  # fmt: skip
    assert first["outputs"]["url"]["value"] == "https://dev.learning-assistant.app"
    _secrets_stay_secret(bench)

    preview = bench.sim("preview", "dev")
    assert preview["steps"] == []
    assert preview["counts"].get("same", created) == created

    bench.configure("dev", "    database: {backup_retention_days: 3}\n")
    assert changed(bench.sim("preview", "dev")) == {"la-dev-database-primary": ("backupRetentionPeriod",)}
    assert changed(bench.sim("up", "dev")) == {"la-dev-database-primary": ("backupRetentionPeriod",)}
    assert _database(bench)["BackupRetentionPeriod"] == 3

    _drift(bench)
    assert changed(bench.sim("refresh", "dev")) == {
        "la-dev-database-primary": ("backupRetentionPeriod",),
        "la-dev-web-cpu": ("delete",),
    }
    assert changed(bench.sim("up", "dev")) == {
        "la-dev-database-primary": ("backupRetentionPeriod",),
        "la-dev-web-cpu": ("create",),
    }
    assert _database(bench)["BackupRetentionPeriod"] == 3

    gone = bench.sim("destroy", "dev")
    assert gone["counts"] == {"delete": created}
    assert inventory(bench) == {}
    bench.configure("dev", "")
    kept = {file.name: file.read_bytes() for file in bench.project.glob("Pulumi*.yaml")}
    assert kept.keys() == before.keys()
    assert b"encryptionsalt" not in b"".join(kept.values())


def _database(bench: Bench) -> dict[str, object]:
    (database,) = bench.client("rds").describe_db_instances()["DBInstances"]
    return dict(database)


def _drift(bench: Bench) -> None:
    """Somebody changes the database and deletes an alarm by hand."""
    bench.client("rds").modify_db_instance(
        DBInstanceIdentifier=str(_database(bench)["DBInstanceIdentifier"]), BackupRetentionPeriod=1
    )
    bench.client("cloudwatch").delete_alarms(AlarmNames=["la-dev-web-cpu"])


def _secrets_stay_secret(bench: Bench) -> None:
    """The cache's token is in its secret, and nowhere in the state or on a screen."""
    secrets = bench.client("secretsmanager")
    (name,) = [item["Name"] for item in secrets.list_secrets()["SecretList"] if "cache-token" in item["Name"]]
    value = secrets.get_secret_value(SecretId=name)["SecretString"]
    token = value if not value.startswith("{") else value.split('"')[3]
    assert len(token) >= 16
    for file in [*bench.home.rglob("*.json"), *bench.home.rglob("*.log"), *bench.home.rglob("*.jsonl")]:
        if "cloud" not in file.relative_to(bench.home).parts:
            assert token not in file.read_text(errors="replace"), file
