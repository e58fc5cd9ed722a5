"""The simulated cloud as a process: started once, found again, killed without loss, closed to the outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest

from simcloud import daemon
from simcloud.daemon import Running


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    daemon.stop(tmp_path)


def client(cloud: Running, service: str) -> Any:
    session: Any = boto3.Session(
        aws_access_key_id="simulated", aws_secret_access_key="simulated", region_name="us-east-1"
    )
    return session.client(service, endpoint_url=cloud.http_url)


def names(cloud: Running) -> list[str]:
    return [bucket["Name"] for bucket in client(cloud, "s3").list_buckets()["Buckets"]]


def killed(cloud: Running) -> None:
    os.kill(cloud.pid, signal.SIGKILL)
    while daemon.running(cloud.home):
        pass


def test_what_was_acknowledged_survives_a_kill_and_a_restart_keeps_the_port(home: Path) -> None:
    first = daemon.start(home)
    client(first, "s3").create_bucket(Bucket="before-the-kill")
    killed(first)
    second = daemon.start(home)
    assert second.pid != first.pid
    assert second.http_port == first.http_port
    assert names(second) == ["before-the-kill"]
    assert daemon.stop(home) is True
    assert daemon.running(home) is None
    assert daemon.stop(home) is False
    assert names(daemon.start(home)) == ["before-the-kill"]


def test_two_starts_at_once_give_one_process(home: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        started = list(both.map(daemon.start, [home, home]))
    assert started[0].pid == started[1].pid


def test_two_homes_are_two_clouds(home: Path) -> None:
    left, right = daemon.start(home / "left"), daemon.start(home / "right")
    try:
        client(left, "s3").create_bucket(Bucket="left-only")
        assert names(right) == []
    finally:
        daemon.stop(home / "left")
        daemon.stop(home / "right")


def test_a_host_that_is_not_local_is_refused(home: Path) -> None:
    cloud = daemon.start(home)
    request = urllib.request.Request(cloud.http_url, headers={"Host": "rebound.example.com"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403


def test_errors_reach_boto3_as_those_of_aws(home: Path) -> None:
    cloud = daemon.start(home)
    ec2 = client(cloud, "ec2")
    with pytest.raises(ec2.exceptions.ClientError) as refused:
        ec2.describe_vpcs(VpcIds=["vpc-00000000000000000"])
    assert refused.value.response["Error"]["Code"] == "InvalidVpcID.NotFound"


def test_the_aws_command_line_sees_the_cloud(home: Path) -> None:
    cloud = daemon.start(home)
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": cloud.http_url,
        "AWS_ACCESS_KEY_ID": "simulated",
        "AWS_SECRET_ACCESS_KEY": "simulated",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    aws = Path(sys.executable).parent / "aws"
    for command in (["s3", "mb", "s3://from-the-cli"], ["s3", "ls"]):
        done = subprocess.run([aws, *command], env=environment, capture_output=True, text=True, check=True)
    assert "from-the-cli" in done.stdout


def test_a_state_that_cannot_be_read_is_told_with_the_reason(home: Path) -> None:
    journal = home / "cloud" / "journal.jsonl"
    journal.parent.mkdir(parents=True)
    journal.write_text('{"format": 99}\n')
    with pytest.raises(daemon.DaemonError, match="reads format 1"):
        daemon.start(home)
