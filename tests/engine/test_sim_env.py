"""`eval "$(plinth sim env)"` lets plain `pulumi`, `aws` and boto3 use the simulated cloud, wherever one is."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from simcloud import daemon
from tests.docs.scratch import newcomer
from tests.engine.bench import PLINTH
from tests.engine.stranger import PROGRAMS

pytestmark = [pytest.mark.engine, pytest.mark.slow]

MACHINE = "boto3.client('ec2').describe_vpcs(Filters=[{'Name': 'tag:Name', 'Values': ['small']}])['Vpcs']"
LOOK = f"python -c \"import boto3; print([vpc['CidrBlock'] for vpc in {MACHINE}])\""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Somebody's home directory; whatever cloud they started in it is stopped."""
    yield tmp_path
    for started in tmp_path.rglob("simcloud.json"):
        daemon.stop(started.parent)


def test_without_a_project_it_is_the_users_own_cloud(home: Path) -> None:
    printed = _shell(
        home,
        'eval "$(plinth sim env)"',
        "aws sts get-caller-identity --query Account --output text",
        "aws s3 mb s3://mine",
        "pulumi stack ls --all --json",
        "cd / && aws s3api list-buckets --query 'Buckets[].Name' --output text",
    )
    assert printed.splitlines() == ["123456789012", "make_bucket: mine", "[]", "mine"]
    assert daemon.running(home / "state" / "plinth" / "sim") is not None
    assert "mine" in _shell(home, "plinth sim shell -- aws s3 ls")


def test_a_project_elsewhere_is_brought_up_in_the_users_own_cloud(home: Path) -> None:
    """The exports come from a folder without a project; the program is written afterwards, somewhere else."""
    (home / "work").mkdir()
    program = (PROGRAMS / "small" / "__main__.py").read_text()
    printed = _shell(
        home,
        'eval "$(plinth sim env)"',
        "cd work",
        f"cat > Pulumi.yaml <<'END'\nname: mine\nruntime: python\nEND\ncat > __main__.py <<'END'\n{program}\nEND",
        "pulumi stack init dev",
        "pulumi config set queues 2",
        "pulumi up --yes --skip-preview --non-interactive | grep 'created$'",
        LOOK,
        "pulumi preview --expect-no-changes --non-interactive >/dev/null",
        "pulumi destroy --yes --skip-preview --non-interactive | grep 'deleted$'",
        LOOK,
        "pulumi stack rm dev --yes",
    )
    assert [line.strip() for line in printed.splitlines() if line.strip()] == [
        "+ 10 created",
        "['10.20.0.0/16']",
        "- 10 deleted",
        "[]",
        "Stack 'dev' has been removed!",
    ]


def test_a_project_has_a_cloud_of_its_own_from_its_first_command(home: Path) -> None:
    (home / "work" / "below").mkdir(parents=True)
    (home / "work" / "Pulumi.yaml").write_text("name: mine\nruntime: python\n")
    (home / "work" / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n")
    printed = _shell(
        home,
        "cd work/below",
        'eval "$(plinth sim env)"',
        "aws s3 mb s3://project",
        "pulumi stack init dev",
        "pulumi config get aws:region",
        "cd ../.. && plinth sim shell -- aws s3 ls",
    )
    assert printed.splitlines()[-1] == "eu-west-1"
    assert daemon.running(home / "work" / ".plinth" / "sim") is not None


def _shell(home: Path, *lines: str) -> str:
    """What the lines print in a shell of somebody who has our virtualenv on PATH; each of them must succeed."""
    done = subprocess.run(
        ["sh", "-euc", "\n".join(lines)],
        cwd=home,
        env={
            **newcomer(),
            "XDG_STATE_HOME": str(home / "state"),
            "PATH": f"{PLINTH.parent}{os.pathsep}{newcomer()['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stderr}\n{done.stdout}"
    return done.stdout
