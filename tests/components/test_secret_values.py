"""No value of a secret is in what the engine keeps: not in the clear, and no slot has one at all."""

import json
from collections.abc import Iterator
from typing import Any

import pulumi
from pulumi.runtime import rpc

from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from components.secrets import Reach, Secrets, SecretsArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud

GENERATED = GeneratedSecretArgs(
    description="Master user", generated_field="password", length=40, punctuation=False
)


def program() -> None:
    slots = SecretsArgs(path="muejam", names={"stripe": "Payments"}, read_policy=Reach.HERE)
    Secrets("mj-prod-secrets", slots)
    secret = GeneratedSecret("mj-prod-database", GENERATED)
    pulumi.export("password", secret.value)


def in_the_clear(value: Any) -> Iterator[str]:
    """Every text of a value that no secret wraps."""
    if rpc.is_rpc_secret(value):
        return
    if isinstance(value, dict):
        for item in value.values():
            yield from in_the_clear(item)
    elif isinstance(value, list):
        for item in value:
            yield from in_the_clear(item)
    elif isinstance(value, str):
        yield value


def test_no_recorded_state_holds_the_value() -> None:
    simulation = Simulation()
    simulation.run(program)
    secrets = simulation.client("secretsmanager")
    [name] = [item["Name"] for item in secrets.list_secrets()["SecretList"] if "database" in item["Name"]]
    value = json.loads(secrets.get_secret_value(SecretId=name)["SecretString"])["password"]
    assert len(value) == 40
    for made in simulation.registered:
        assert value not in json.dumps(made.outputs), made.urn


def test_inputs_carry_the_value_only_wrapped_as_a_secret(cloud: Cloud) -> None:
    cloud.deploy(program)
    written = rpc.unwrap_rpc_secret(cloud.one("SecretVersion").inputs["secretStringWo"])
    value = json.loads(written)["password"]
    assert value == "drawn-40"
    for made in cloud.made:
        assert not [text for text in in_the_clear(dict(made.inputs)) if value in text], made.name


def test_slots_are_made_without_a_value() -> None:
    simulation = Simulation()
    simulation.run(program)
    secrets = simulation.client("secretsmanager")
    [slot] = [item for item in secrets.list_secrets()["SecretList"] if item["Name"] == "muejam/stripe"]
    assert not slot.get("SecretVersionsToStages")
    assert len(simulation.of_type("aws:secretsmanager/secretVersion:SecretVersion")) == 1
