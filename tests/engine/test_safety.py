"""Two at once, state in S3, clouds side by side, bad weather: nothing is lost and nothing is mixed up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simcloud import daemon
from tests.engine.stranger import Stranger, stranger

pytestmark = [pytest.mark.engine, pytest.mark.slow]

Begin = Callable[..., Stranger]
CREATED = 16
"""What the program makes, the stack included."""


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """A copy of the small program by a name of its own, with its stack."""
    begun: list[Stranger] = []

    def make(name: str = "one", **env: str) -> Stranger:
        (tmp_path / name).mkdir()
        begun.append(stranger("small", tmp_path / name, **env))
        return begun[-1]

    yield make
    for one in begun:
        daemon.stop(one.bench.home)


def test_of_two_ups_at_once_the_second_is_refused(begin: Begin) -> None:
    one = begin()
    one.pulumi("stack", "init", "dev")
    first = one.start("pulumi", "up", "--yes", "--skip-preview", "--non-interactive", "--color", "never")
    _until(lambda: list((one.bench.home / "backend" / ".pulumi" / "locks").rglob("*.json")) != [])
    second = one.pulumi("up", "--yes", "--skip-preview", code=1)
    out, err = first.communicate()
    assert first.returncode == 0, out + err
    assert f"+ {CREATED} created" in out
    assert "the stack is currently locked by 1 lock(s)" in second


def test_state_in_s3_with_its_locks(begin: Begin) -> None:
    one = begin()
    one.run("aws", "s3", "mb", "s3://team-state")
    team = Stranger(
        one.bench, {"PULUMI_BACKEND_URL": "s3://team-state?region=us-east-1&s3ForcePathStyle=true"}
    )
    team.pulumi("stack", "init", "dev")
    first = team.start("pulumi", "up", "--yes", "--skip-preview", "--non-interactive", "--color", "never")
    _until(lambda: _keys(team, ".pulumi/locks/") != [])
    second = team.pulumi("up", "--yes", "--skip-preview", code=1)
    out, err = first.communicate()
    assert first.returncode == 0, out + err
    assert "the stack is currently locked by 1 lock(s)" in second
    assert _keys(team, ".pulumi/locks/") == []
    assert ".pulumi/stacks/small/dev.json" in _keys(team, ".pulumi/stacks/")

    team.bench.kill_cloud()
    team.pulumi("preview", "--expect-no-changes")
    assert team.bench.client("sqs").list_queues()["QueueUrls"] != []
    team.pulumi("destroy", "--yes", "--skip-preview")
    assert "QueueUrls" not in team.bench.client("sqs").list_queues()


def test_two_clouds_side_by_side_know_nothing_of_each_other(begin: Begin) -> None:
    one, other = begin("one"), begin("other")
    for cloud in (one, other):
        cloud.pulumi("stack", "init", "dev")
    running = [
        cloud.start("pulumi", "up", "--yes", "--skip-preview", "--non-interactive") for cloud in (one, other)
    ]
    assert [process.communicate() and process.returncode for process in running] == [0, 0]
    one.pulumi("destroy", "--yes", "--skip-preview")
    assert "QueueUrls" not in one.bench.client("sqs").list_queues()
    assert len(other.bench.client("sqs").list_queues()["QueueUrls"]) == 8
    other.pulumi("preview", "--expect-no-changes")


def test_an_up_in_bad_weather(begin: Begin) -> None:
    one = begin()
    one.pulumi("stack", "init", "dev")
    (one.bench.home / "faults.yaml").write_text("{throttle: 0.2, error: 0.1, timeout: 0.2}")
    assert f"+ {CREATED} created" in one.pulumi("up", "--yes", "--skip-preview")
    one.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    (one.bench.home / "faults.yaml").unlink()
    one.pulumi("preview", "--expect-no-changes")
    assert len(one.bench.client("sqs").list_queues()["QueueUrls"]) == 8
    assert len(one.bench.client("ec2").describe_vpcs()["Vpcs"]) == 2


def _keys(team: Stranger, prefix: str) -> list[str]:
    found = team.bench.client("s3").list_objects_v2(Bucket="team-state", Prefix=prefix)
    return [item["Key"] for item in found.get("Contents", ())]


def _until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)
