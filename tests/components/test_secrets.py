"""Secrets: empty slots, their key, and pointers to them."""

import json
from typing import Any

import pulumi
import pytest

from components.account import Account
from components.errors import ComponentError
from components.secret_ref import SecretRef
from components.secrets import Reach, Rotation, Secrets, SecretsArgs
from components.secrets_policy import path_policy
from simcloud.testing import Simulation
from tests.components.recording import ACCOUNT, REGION, Cloud


def deploy(cloud: Cloud, **changes: Any) -> Secrets:
    given: dict[str, Any] = {
        "path": "learning-assistant/production",
        "names": {"openai": "Key of the language model", "session": "Signs cookies"},
    }
    args = SecretsArgs(**{**given, **changes})
    return cloud.deploy(lambda: Secrets("la-prod-secrets", args))


def test_slots_are_empty_named_and_encrypted(cloud: Cloud) -> None:
    deploy(cloud, recovery_window_days=7, tags={"team": "a"})
    first, second = cloud.of("Secret")
    assert (first.name, second.name) == ("la-prod-secrets-openai", "la-prod-secrets-session")
    assert first.inputs == {
        "name": "learning-assistant/production/openai",
        "description": "Key of the language model",
        "kmsKeyId": f"arn:aws:test:{REGION}:{ACCOUNT}:Key/la-prod-secrets-key",
        "recoveryWindowInDays": 7,
        "tags": {"team": "a", "Name": "la-prod-secrets-openai"},
    }
    assert cloud.of("SecretVersion") == []


def test_the_key_rotates_and_serves_logs_and_alarms(cloud: Cloud) -> None:
    deploy(cloud)
    key = cloud.one("Key")
    assert (key.inputs["enableKeyRotation"], key.inputs["deletionWindowInDays"]) == (True, 30)
    assert cloud.one("Alias").inputs["name"] == "alias/la-prod-secrets"
    account, logs, alarms = key.document("policy")["Statement"]
    assert account["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    assert logs["Principal"] == {"Service": f"logs.{REGION}.amazonaws.com"}
    assert logs["Condition"] == {
        "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:*"}
    }
    assert "cloudwatch.amazonaws.com" in alarms["Principal"]["Service"]
    assert alarms["Action"] == ["kms:Decrypt", "kms:GenerateDataKey*"]
    assert alarms["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_slots_and_key_are_protected(cloud: Cloud) -> None:
    deploy(cloud, protect=True)
    assert {made.type for made in cloud.made if made.protect} == {"Secret", "Key"}


def test_a_pointer_to_a_slot(cloud: Cloud) -> None:
    secrets = deploy(cloud)
    ref = secrets.ref("openai")
    assert cloud.value(ref.value_from()) == f"arn:aws:test:{REGION}:{ACCOUNT}:Secret/la-prod-secrets-openai"
    assert ref.kms_key_arn is secrets.key_arn


def test_a_pointer_to_a_field(cloud: Cloud) -> None:
    ref = SecretRef(arn="arn:secret").field("password")
    assert cloud.deploy(ref.value_from) is not None
    assert cloud.value(ref.value_from()) == "arn:secret:password::"


def test_an_unknown_slot_is_refused_with_the_known_ones(cloud: Cloud) -> None:
    secrets = deploy(cloud)
    with pytest.raises(ComponentError) as refused:
        secrets.ref("stripe")
    assert str(refused.value) == (
        "la-prod-secrets: there is no secret `stripe`. Expected one of openai, session. "
        "Fix: add `stripe` to `names`, or use a known one."
    )


def test_a_recovery_window_that_aws_refuses(cloud: Cloud) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, recovery_window_days=3)
    assert str(refused.value) == (
        "la-prod-secrets: a recovery window of 3 day(s). Expected 0 (deleted at once) or 7 to 30 days. "
        "Fix: set `recovery_window_days` to one of these."
    )
    assert cloud.made == []


FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:rotate"
SECRETS = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret"
_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
HERE = Account(id=ACCOUNT, region=REGION, partition="aws", dns_suffix="amazonaws.com")


@pytest.mark.proves("S4-17")
def test_the_muejam_policy_to_the_letter() -> None:
    # MueJam Library, infra/iam-policies/secrets-manager-policy.json
    assert json.loads(path_policy(HERE, "muejam", Reach.EVERYWHERE)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                "Resource": "arn:aws:secretsmanager:*:*:secret:muejam/*",
            }
        ],
    }


def test_a_path_policy_ends_at_the_account_and_region(cloud: Cloud) -> None:
    deploy(cloud, path="muejam", read_policy=Reach.HERE)
    [statement] = cloud.one("Policy").document("policy")["Statement"]
    assert statement["Resource"] == f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:muejam/*"
    assert statement["Action"] == ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]


def test_a_path_policy_names_the_beginning_that_environments_share(cloud: Cloud) -> None:
    deploy(cloud, path="muejam/production", read_policy=Reach.EVERYWHERE, read_policy_path="muejam")
    policy = cloud.one("Policy")
    [statement] = policy.document("policy")["Statement"]
    assert statement["Resource"] == "arn:aws:secretsmanager:*:*:secret:muejam/*"
    assert policy.inputs["description"] == "Reads the secrets below muejam"


def test_the_key_lets_those_decrypt_who_may_read(cloud: Cloud) -> None:
    deploy(cloud, read_policy=Reach.HERE)
    sids = [statement["Sid"] for statement in cloud.one("Key").document("policy")["Statement"]]
    assert sids[-1] == "WhoeverMayReadTheSecret"


def test_a_role_is_granted_single_slots(cloud: Cloud) -> None:
    secrets = cloud.deploy(
        lambda: Secrets(
            "s",
            SecretsArgs(path="p", names={"a": "A", "b": "B"}, existing={"c": f"{SECRETS}:theirs"}),
        )
    )
    cloud.deploy(lambda: secrets.grant_read("role-1", "web", ["a", "c"]))
    policy = cloud.one("RolePolicy")
    assert (policy.name, policy.inputs["role"]) == ("s-web-read", "role-1")
    read, decrypt = policy.document("policy")["Statement"]
    assert read["Action"] == ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    assert read["Resource"] == [f"arn:aws:test:{REGION}:{ACCOUNT}:Secret/s-a", f"{SECRETS}:theirs"]
    assert decrypt["Condition"] == {
        "StringEquals": {"kms:ViaService": f"secretsmanager.{REGION}.amazonaws.com"}
    }


def test_an_existing_secret_is_pointed_to_without_our_key(cloud: Cloud) -> None:
    secrets = deploy(cloud, existing={"stripe": f"{SECRETS}:theirs"})
    assert cloud.value(secrets.ref("stripe").value_from()) == f"{SECRETS}:theirs"
    assert secrets.ref("stripe").kms_key_arn is None
    assert len(cloud.of("Secret")) == 2


def test_a_key_that_exists_encrypts_the_slots(cloud: Cloud) -> None:
    secrets = deploy(cloud, kms_key_arn="arn:theirs")
    assert cloud.of("Key") == []
    assert {made.inputs["kmsKeyId"] for made in cloud.of("Secret")} == {"arn:theirs"}
    reference = secrets.ref("openai").kms_key_arn
    assert reference is not None
    assert (cloud.value(secrets.key_arn), cloud.value(reference)) == ("arn:theirs", "arn:theirs")


def test_aws_rotates_on_schedule_and_may_call_the_function() -> None:
    simulation = Simulation()
    simulation.client("iam").create_role(RoleName="f", AssumeRolePolicyDocument=_TRUST)
    simulation.client("lambda").create_function(
        FunctionName="rotate", Runtime="python3.12", Handler="f.h", Role=f"arn:aws:iam::{ACCOUNT}:role/f",
        Code={"ZipFile": b"x"},
    )  # fmt: skip
    rotation = {"a": Rotation(function_arn=FUNCTION, schedule="cron(0 3 1 * ? *)", window="3h")}
    args = SecretsArgs(path="muejam", names={"a": "A", "b": "B"}, rotation=rotation)
    simulation.run(lambda: Secrets("s", args))
    secrets = simulation.client("secretsmanager")
    rotated, still = (
        secrets.describe_secret(SecretId="muejam/a"),
        secrets.describe_secret(SecretId="muejam/b"),
    )
    assert rotated["RotationRules"] == {"ScheduleExpression": "cron(0 3 1 * ? *)", "Duration": "3h"}
    assert "RotationRules" not in still
    [allowed] = json.loads(simulation.client("lambda").get_policy(FunctionName="rotate")["Policy"])[
        "Statement"
    ]
    assert allowed["Principal"] == {"Service": "secretsmanager.amazonaws.com"}
    assert allowed["Condition"] == {"ArnLike": {"AWS:SourceArn": rotated["ARN"]}}


def test_aws_keeps_a_copy_in_the_second_region_under_a_copy_of_the_key() -> None:
    simulation = Simulation()
    args = SecretsArgs(path="muejam", names={"a": "A"}, replica_regions=["us-west-2"])
    simulation.run(lambda: Secrets("s", args))
    [copy] = simulation.client("secretsmanager").describe_secret(SecretId="muejam/a")["ReplicationStatus"]
    west = simulation.client("kms", "us-west-2").describe_key(KeyId="alias/s")["KeyMetadata"]
    assert (copy["Region"], copy["KmsKeyId"]) == ("us-west-2", west["Arn"])


ROTATED = "exactly one of `every_days` and `schedule`"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"path": "muejam/*"},
            "the path `muejam/*` is not exact. Expected words of letters, digits and _+=.@- between slashes, "
            "such as muejam/production. Fix: correct `path`.",
        ),
        (
            {"read_policy_path": "mue"},
            "a policy on `mue` would not read what lies below `learning-assistant/production`. Expected `path`, or the "
            "words that it begins with. Fix: correct `read_policy_path`, or drop it.",
        ),
        (
            {"existing": {"openai": "arn"}},
            "openai is to be made and exists already. Expected each slot in `names` or in `existing`. "
            "Fix: drop it from one of them.",
        ),
        (
            {"kms_key_arn": "arn:theirs", "replica_regions": ["us-west-2"]},
            "copies in us-west-2 under a key whose copies are not known. Expected a key of our own, which is copied to "
            "these regions. Fix: drop `kms_key_arn`, or `replica_regions`.",
        ),
        (
            {"rotation": {"stripe": Rotation(function_arn=FUNCTION, every_days=30)}},
            "a rotation for `stripe`, which is no slot. Expected one of openai, session. "
            "Fix: add `stripe` to `names`, or drop its rotation.",
        ),
        (
            {"rotation": {"openai": Rotation(function_arn=FUNCTION)}},
            f"the rotation of `openai` has no schedule. Expected {ROTATED}. Fix: set `every_days=30`.",
        ),
        (
            {"rotation": {"openai": Rotation(function_arn=FUNCTION, every_days=3, schedule="rate(4 hours)")}},
            f"the rotation of `openai` has two schedules. Expected {ROTATED}. Fix: drop one of them.",
        ),
        (
            {"rotation": {"openai": Rotation(function_arn=FUNCTION, every_days=1001)}},
            "`openai` is rotated every 1001 days. Expected 1 to 1000 days. Fix: correct `every_days`.",
        ),
        (
            {"rotation": {"openai": Rotation(function_arn=FUNCTION, every_days=3, window="3 hours")}},
            "the rotation window of `openai` is `3 hours`. Expected hours, such as 3h. Fix: correct `window`.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, **changes)
    assert str(refused.value) == f"la-prod-secrets: {sentence}"
    assert cloud.made == []


def test_copies_are_told_by_region_and_a_second_stack_reads_them_with_their_key() -> None:
    first = Simulation(region="us-east-1")
    made: list[Secrets] = []
    args = SecretsArgs(path="a/b", names={"session": "Signs cookies"}, replica_regions=["us-west-2"])

    def program() -> object:
        made.append(Secrets("la-prod-secrets", args))
        return pulumi.Output.all(
            made[0].copy_arns["us-west-2"]["session"], made[0].copy_key_arns["us-west-2"]
        )

    arn, key = first.run(program)
    assert first.client("secretsmanager", "us-west-2").describe_secret(SecretId=arn)["KmsKeyId"] == key

    def second() -> object:
        there = SecretsArgs(
            path="a/b", names={}, existing={"session": arn}, existing_kms_key_arn=key, kms_key_arn=key
        )
        ref = Secrets("la-prod2-secrets", there).ref("session")
        return pulumi.Output.all(ref.arn, ref.kms_key_arn)

    beside = first.beside("second", "us-west-2")
    assert beside.run(second) == [arn, key]
    assert beside.of_type("aws:kms/key:Key") == []
