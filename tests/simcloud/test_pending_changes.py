"""What a database instance is to become in its maintenance window."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from moto.core.utils import utcnow

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.patches import rds_pending
from simcloud.provider import Provider
from tests.simcloud.lifecycle_runner import urn

TOKEN = "aws:rds/instance:Instance"
GIVEN = {
    "identifier": "app-db",
    "engine": "postgres",
    "engineVersion": "16",
    "instanceClass": "db.t4g.micro",
    "allocatedStorage": 20,
    "username": "dba",
    "password": "not-a-real-password",
    "backupRetentionPeriod": 3,
    "skipFinalSnapshot": True,
}


@pytest.fixture
def ctx() -> Context:
    return Context(Cloud())


@pytest.fixture
def rds(ctx: Context) -> Any:
    provider = Provider(ctx)
    checked = provider.check(urn("db", TOKEN), TOKEN, {}, GIVEN)
    provider.create(urn("db", TOKEN), TOKEN, checked.inputs)
    return ctx.client("rds")


def _db(rds: Any) -> Any:
    return rds.describe_db_instances(DBInstanceIdentifier="app-db")["DBInstances"][0]


def test_without_apply_immediately_the_old_size_stays_until_the_window(rds: Any) -> None:
    rds.modify_db_instance(DBInstanceIdentifier="app-db", DBInstanceClass="db.t4g.small", AllocatedStorage=30)
    found = _db(rds)
    assert (found["DBInstanceClass"], found["AllocatedStorage"]) == ("db.t4g.micro", 20)
    assert found["PendingModifiedValues"] == {"DBInstanceClass": "db.t4g.small", "AllocatedStorage": 30}


def test_in_the_window_it_is_done(rds: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rds.modify_db_instance(DBInstanceIdentifier="app-db", DBInstanceClass="db.t4g.small")
    later = utcnow() + timedelta(days=7)
    monkeypatch.setattr(rds_pending, "utcnow", lambda: later)
    assert (_db(rds)["DBInstanceClass"], _db(rds)["PendingModifiedValues"]) == ("db.t4g.small", {})


def test_what_waited_comes_with_the_next_immediate_change(rds: Any) -> None:
    rds.modify_db_instance(DBInstanceIdentifier="app-db", DBInstanceClass="db.t4g.small")
    rds.modify_db_instance(DBInstanceIdentifier="app-db", MultiAZ=True, ApplyImmediately=True)
    found = _db(rds)
    assert (found["DBInstanceClass"], found["MultiAZ"], found["PendingModifiedValues"]) == (
        "db.t4g.small",
        True,
        {},
    )


def test_asking_for_what_is_there_takes_it_back(rds: Any) -> None:
    rds.modify_db_instance(DBInstanceIdentifier="app-db", DBInstanceClass="db.t4g.small")
    rds.modify_db_instance(DBInstanceIdentifier="app-db", DBInstanceClass="db.t4g.micro")
    assert _db(rds)["PendingModifiedValues"] == {}


def test_some_settings_never_wait(rds: Any) -> None:
    rds.modify_db_instance(
        DBInstanceIdentifier="app-db",
        BackupRetentionPeriod=7,
        DeletionProtection=True,
        CopyTagsToSnapshot=True,
    )
    found = _db(rds)
    assert (found["BackupRetentionPeriod"], found["DeletionProtection"]) == (7, True)
    assert found["PendingModifiedValues"] == {}


@pytest.mark.parametrize("immediately", [False, True])
def test_the_provider_shows_what_is_there(ctx: Context, immediately: bool) -> None:
    provider, name = Provider(ctx), urn("db", TOKEN)
    made = provider.create(name, TOKEN, provider.check(name, TOKEN, {}, GIVEN).inputs)
    wanted = {**GIVEN, "instanceClass": "db.t4g.small", "applyImmediately": immediately}
    new = provider.check(name, TOKEN, made.inputs, wanted).inputs
    outputs = provider.update(name, TOKEN, made.identity, made.inputs, new, made.outputs)
    assert outputs["instanceClass"] == ("db.t4g.small" if immediately else "db.t4g.micro")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-21T12:00", "2026-11-22T05:00"),  # a Saturday
        ("2026-11-22T04:59", "2026-11-22T05:00"),
        ("2026-11-22T05:00", "2026-11-29T05:00"),
    ],
)
def test_when_a_window_opens_next(now: str, opens: str) -> None:
    found = rds_pending._next("sun:05:00-sun:06:00", datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(opens)
