"""The real engine takes what guards an environment through its life: up, no change, no drift, and nothing left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simcloud import daemon
from tests.engine.bench import Bench

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "guards"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """The program in a folder of its own, and an empty simulated cloud."""
    shutil.copytree(PROGRAM, tmp_path / "guards")
    bench = Bench(tmp_path / "guards", tmp_path / "sim")
    yield bench
    daemon.stop(bench.home)


def test_backups_copies_secrets_records_budget_and_roles(bench: Bench) -> None:
    made = bench.sim("up", "dev")["counts"]["create"]
    assert made > 150
    for command in ("preview", "refresh", "preview"):
        said = bench.sim(command, "dev")
        assert (said["counts"], said["steps"]) == ({"same": made}, []), command
    assert bench.sim("destroy", "dev")["counts"] == {"delete": made}
    for region in ("us-east-1", "us-west-2"):
        assert bench.client("backup", region).list_backup_vaults()["BackupVaultList"] == []
    assert bench.client("s3").list_buckets()["Buckets"] == []
    assert bench.client("iam").list_roles()["Roles"] == []
