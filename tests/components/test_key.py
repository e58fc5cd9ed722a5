"""Keys: they rotate, their copies are the same key, and each user gets what it needs."""

import json
from typing import Any

import pytest

from components.account import Account
from components.errors import ComponentError
from components.key import Key, KeyArgs, KeyUser
from components.key_policy import key_policy
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, Cloud

HERE = Account(id=ACCOUNT, region="us-east-1", partition="aws", dns_suffix="amazonaws.com")


def statement(user: KeyUser) -> Any:
    [*_, found] = json.loads(key_policy(HERE, [user]))["Statement"]
    return found


@pytest.mark.proves("S0-57", "S1-39")
def test_a_key_and_its_copy_stand_in_aws() -> None:
    simulation = Simulation()
    args = KeyArgs(alias="la-prod", description="Data", rotation_days=180, replica_regions=["us-west-2"])
    simulation.run(lambda: Key("la-prod-key", args))
    kms, west = simulation.client("kms"), simulation.client("kms", "us-west-2")
    key = kms.describe_key(KeyId="alias/la-prod")["KeyMetadata"]
    copy = west.describe_key(KeyId="alias/la-prod")["KeyMetadata"]
    assert key["KeyId"] == copy["KeyId"]
    assert key["MultiRegion"] is True
    assert copy["Arn"].split(":")[3] == "us-west-2"
    rotation = kms.get_key_rotation_status(KeyId=key["KeyId"])
    assert (rotation["KeyRotationEnabled"], rotation["RotationPeriodInDays"]) == (True, 180)
    policy = json.loads(west.get_key_policy(KeyId=copy["KeyId"], PolicyName="default")["Policy"])
    assert policy["Statement"][1]["Principal"] == {"Service": "logs.us-west-2.amazonaws.com"}


def test_a_key_in_another_region_is_for_that_region(cloud: Cloud) -> None:
    cloud.deploy(lambda: Key("k", KeyArgs(alias="k", description="d", region="eu-west-1")))
    assert {made.inputs["region"] for made in cloud.made} == {"eu-west-1"}
    logs = cloud.one("Key").document("policy")["Statement"][1]
    assert logs["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}


def test_a_plain_key_asks_for_nothing_more(cloud: Cloud) -> None:
    made = cloud.deploy(lambda: Key("k", KeyArgs(alias="k", description="d")))
    assert set(cloud.one("Key").inputs) == {
        "description",
        "enableKeyRotation",
        "deletionWindowInDays",
        "policy",
        "tags",
    }
    assert made.replica_arns == {}


def test_trails_of_the_account_encrypt_with_it() -> None:
    found = statement(KeyUser.TRAILS)
    assert found["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
    assert found["Action"] == ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"]
    assert found["Condition"] == {"ArnLike": {"aws:SourceArn": f"arn:aws:cloudtrail:*:{ACCOUNT}:trail/*"}}


def test_who_reads_a_secret_decrypts_through_secrets_manager_only() -> None:
    found = statement(KeyUser.SECRET_READERS)
    assert (found["Principal"], found["Action"]) == ({"AWS": "*"}, ["kms:Decrypt"])
    assert found["Condition"] == {
        "StringEquals": {
            "kms:CallerAccount": ACCOUNT,
            "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
        }
    }


def test_messages_get_to_encrypted_topics_and_events_where_they_may() -> None:
    messages, events = json.loads(key_policy(HERE))["Statement"][2], statement(KeyUser.EVENTS)
    assert messages["Principal"] == {
        "Service": [
            "cloudwatch.amazonaws.com",
            "events.rds.amazonaws.com",
            "budgets.amazonaws.com",
            "costalerts.amazonaws.com",
        ]
    }
    assert messages["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert events["Principal"] == {"Service": "events.amazonaws.com"}
    assert messages["Action"] == events["Action"] == ["kms:Decrypt", "kms:GenerateDataKey*"]


def test_named_roles_use_it_without_a_policy_of_their_own(cloud: Cloud) -> None:
    roles = [f"arn:aws:iam::{ACCOUNT}:role/a"]
    cloud.deploy(lambda: Key("k", KeyArgs(alias="k", description="d", role_arns=roles)))
    [*_, found] = cloud.one("Key").document("policy")["Statement"]
    assert found["Principal"] == {"AWS": roles}
    assert "kms:Decrypt" in found["Action"]
    assert not any("*" in action or "Put" in action or "Schedule" in action for action in found["Action"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"deletion_window_days": 6},
            "k: deletion_window_days is 6. Expected 7 to 30 days, as KMS takes them. "
            "Fix: correct `deletion_window_days`.",
        ),
        (
            {"rotation_days": 30},
            "k: rotation_days is 30. Expected 90 to 2560 days, as KMS takes them. Fix: correct `rotation_days`.",
        ),
        (
            {"region": "us-west-2", "replica_regions": ["us-west-2"]},
            "k: the regions us-west-2 are not all others. Expected each region once, and not the key's own. "
            "Fix: correct `replica_regions`.",
        ),
        (
            {"replica_regions": ["us-west-2", "us-west-2"]},
            "k: the regions us-west-2, us-west-2 are not all others. Expected each region once, and not the "
            "key's own. Fix: correct `replica_regions`.",
        ),
    ],
)
def test_what_kms_would_refuse(cloud: Cloud, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Key("k", KeyArgs(alias="k", description="d", **change)))
    assert str(refused.value) == sentence
    assert cloud.made == []
