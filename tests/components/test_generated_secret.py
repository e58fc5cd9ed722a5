"""A random value that is made once: what a half-finished run leaves, the next run takes up."""

import json

import pulumi
import pytest
from pulumi.runtime.sync_await import _sync_await

from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from tests.components import recording
from tests.components.recording import Cloud

ARGS = GeneratedSecretArgs(
    description="Master user", generated_field="password", fixed_fields={"username": "owner"}, length=40
)


def test_the_value_is_read_back_and_not_the_one_just_drawn(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As after a run that wrote the secret and died: the version exists, and this run's draw is not written.
    stored = json.dumps({"username": "owner", "password": "of-the-first-run"})
    monkeypatch.setattr(recording, "_written", lambda _cloud, _secret: stored)
    secret = cloud.deploy(lambda: GeneratedSecret("la-prod-credentials", ARGS))
    written = pulumi.runtime.rpc.unwrap_rpc_secret(cloud.one("SecretVersion").inputs["secretStringWo"])
    assert json.loads(written) == {"username": "owner", "password": "drawn-40"}
    assert cloud.value(secret.value) == "of-the-first-run"


def test_the_value_is_secret(cloud: Cloud) -> None:
    secret = cloud.deploy(lambda: GeneratedSecret("la-prod-credentials", ARGS))
    assert _sync_await(secret.value.is_secret()) is True


def test_what_is_drawn_fits_where_it_goes(cloud: Cloud) -> None:
    cloud.deploy(lambda: GeneratedSecret("la-prod-credentials", ARGS))
    [(_, asked)] = [look for look in cloud.looked_up if look[0].endswith("getRandomPassword")]
    assert asked["requireEachIncludedType"] is True
    assert set('/@" ') <= set(asked["excludeCharacters"])


def test_children_and_their_parents(cloud: Cloud) -> None:
    cloud.deploy(lambda: GeneratedSecret("la-prod-credentials", ARGS))
    assert [(made.type, made.name, made.parent) for made in cloud.made] == [
        ("Secret", "la-prod-credentials", "la-prod-credentials"),
        ("SecretVersion", "la-prod-credentials-value", "la-prod-credentials"),
    ]
