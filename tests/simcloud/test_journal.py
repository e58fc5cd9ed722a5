"""What was acknowledged is there after a restart; what was not, never happened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.journal import JournalError
from simcloud.provider import Provider
from simcloud.recovery import Recovery

VPC = "aws:ec2/vpc:Vpc"
URN = f"urn:pulumi:dev::plinth::{VPC}::main"


def opened(path: Path) -> Cloud:
    cloud = Cloud(path)
    cloud.open()
    return cloud


def vpcs(cloud: Cloud) -> set[str]:
    found = cloud.clients.get("ec2", "us-east-1").describe_vpcs(
        Filters=[{"Name": "is-default", "Values": ["false"]}]
    )
    return {vpc["VpcId"] for vpc in found["Vpcs"]}


def created(cloud: Cloud) -> str:
    provider = Provider(Context(cloud), Recovery(cloud.recovered))
    checked = provider.check(URN, VPC, {}, {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "main"}})
    return provider.create(URN, VPC, checked.inputs).identity


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "cloud" / "journal.jsonl"


def test_a_restart_finds_everything_under_the_same_ids(journal: Path) -> None:
    cloud = opened(journal)
    rds = cloud.clients.get("rds", "us-east-1")
    rds.create_db_instance(
        DBInstanceIdentifier="main",
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="app",
        ManageMasterUserPassword=True,
    )
    identity = created(cloud)
    before = rds.describe_db_instances()["DBInstances"][0]
    again = opened(journal)
    after = again.clients.get("rds", "us-east-1").describe_db_instances()["DBInstances"][0]
    assert vpcs(again) == {identity}
    # moto computes it as «now».
    for answer in (before, after):
        answer.pop("LatestRestorableTime", None)
    assert after == before


def test_what_was_changed_over_a_client_survives_too(journal: Path) -> None:
    cloud = opened(journal)
    cloud.clients.get("s3", "us-east-1").create_bucket(Bucket="kept")
    cloud.clients.get("s3", "us-east-1").put_object(Bucket="kept", Key="a", Body=b"content")
    again = opened(journal).clients.get("s3", "us-east-1")
    assert again.get_object(Bucket="kept", Key="a")["Body"].read() == b"content"


def test_a_transaction_that_was_not_committed_never_happened(journal: Path) -> None:
    created(opened(journal))
    lines = journal.read_text().splitlines()
    assert json.loads(lines[-1])["kind"] == "commit"
    journal.write_text("\n".join(lines[:-1]) + "\n")
    assert vpcs(opened(journal)) == set()


def test_half_a_line_at_the_end_is_cut(journal: Path) -> None:
    identity = created(opened(journal))
    with journal.open("a") as end:
        end.write('{"tx": 99, "kind": "ca')
    assert vpcs(opened(journal)) == {identity}


def test_the_engine_that_never_heard_of_a_creation_gets_it_instead_of_a_second_one(journal: Path) -> None:
    identity = created(opened(journal))
    again = opened(journal)
    assert created(again) == identity
    assert vpcs(again) == {identity}


def test_after_a_command_that_ended_in_order_a_creation_is_a_creation(journal: Path) -> None:
    cloud = opened(journal)
    identity = created(cloud)
    with cloud.transaction({"clean": "urn:pulumi:dev::plinth"}):
        pass
    again = opened(journal)
    assert created(again) != identity
    assert len(vpcs(again)) == 2


def test_a_left_over_whose_inputs_changed_makes_way(journal: Path) -> None:
    identity = created(opened(journal))
    again = opened(journal)
    provider = Provider(Context(again), Recovery(again.recovered))
    checked = provider.check(URN, VPC, {}, {"cidrBlock": "10.1.0.0/16"})
    other = provider.create(URN, VPC, checked.inputs).identity
    assert vpcs(again) == {other} != {identity}


def test_a_journal_of_another_format_is_refused_with_a_way_out(journal: Path) -> None:
    opened(journal)
    journal.write_text('{"format": 99}\n')
    with pytest.raises(JournalError, match=r"this version reads format 1\. Fix: `plinth sim reset`"):
        Cloud(journal)


def test_a_reset_cloud_is_empty_after_a_restart_too(journal: Path) -> None:
    cloud = opened(journal)
    created(cloud)
    cloud.reset()
    assert vpcs(cloud) == set()
    assert vpcs(opened(journal)) == set()


def test_an_engine_that_died_gets_what_it_never_heard_of_from_the_living_cloud(journal: Path) -> None:
    cloud = opened(journal)
    recovery = Recovery(cloud.recovered)
    identities = []
    for _engine in range(2):
        provider = Provider(Context(cloud), recovery)
        checked = provider.check(URN, VPC, {}, {"cidrBlock": "10.0.0.0/16"})
        identities.append(provider.create(URN, VPC, checked.inputs).identity)
    assert identities[0] == identities[1]
    assert len(vpcs(cloud)) == 1


def test_a_replay_is_answered_as_the_first_time(journal: Path) -> None:
    cloud = opened(journal)
    created(cloud)
    acm = cloud.clients.get("acm", "us-east-1")
    arn = acm.request_certificate(DomainName="example.org", ValidationMethod="DNS")["CertificateArn"]
    again = opened(journal)
    assert again.deviations == 0
    summaries = again.clients.get("acm", "us-east-1").list_certificates(
        CertificateStatuses=["PENDING_VALIDATION"]
    )
    assert [item["CertificateArn"] for item in summaries["CertificateSummaryList"]] == [arn]
