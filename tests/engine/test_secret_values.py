"""The real engine keeps no value of a secret in the clear: not in its state, its previews or its logs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from simcloud import daemon
from tests.engine.bench import Bench

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = """
import pulumi

from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from components.secrets import Reach, Secrets, SecretsArgs

Secrets("mj-secrets", SecretsArgs(path="muejam", names={"stripe": "Payments"}, read_policy=Reach.HERE))
generated = GeneratedSecretArgs(description="Owner", generated_field="password", punctuation=False)
made = GeneratedSecret("mj-database", generated)
pulumi.export("password", made.value)
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A program of two components, and an empty simulated cloud."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: secrets\nruntime: python\n")
    (project / "__main__.py").write_text(PROGRAM)
    bench = Bench(project, tmp_path / "sim")
    yield bench
    daemon.stop(bench.home)


def test_the_value_is_in_the_secret_and_nowhere_else(bench: Bench) -> None:
    said = [json.dumps(bench.sim(command, "dev")) for command in ("up", "preview", "refresh", "up")]
    secrets = bench.client("secretsmanager")
    [name] = [item["Name"] for item in secrets.list_secrets()["SecretList"] if "database" in item["Name"]]
    value = json.loads(secrets.get_secret_value(SecretId=name)["SecretString"])["password"]
    assert len(value) == 32
    assert not [document for document in said if value in document]
    # The journal of the simulated cloud is the cloud itself: there the value must be.
    everything = [file for file in bench.home.rglob("*") if file.is_file()]
    kept = [file for file in everything if "cloud" not in file.relative_to(bench.home).parts]
    assert any("mj-database" in file.read_text(errors="replace") for file in kept)
    assert not [file for file in kept if value in file.read_text(errors="replace")]
