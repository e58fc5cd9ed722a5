"""Secrets: empty slots, their key, and pointers to them."""

from typing import Any

import pytest

from components.errors import ComponentError
from components.secret_ref import SecretRef
from components.secrets import Secrets, SecretsArgs
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
    assert alarms["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
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
