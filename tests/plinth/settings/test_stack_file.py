"""A stack file is read as the engine hands it over."""

from pathlib import Path

import pytest

from plinth.errors import ConfigurationError
from plinth.settings.stack_file import configuration_of
from stacks.settings.load import Configuration


def written(project: Path, text: str) -> Configuration:
    (project / "Pulumi.dev.yaml").write_text(text)
    return configuration_of("dev", project, {})


def test_our_keys_without_their_namespace_and_the_region(project: Path) -> None:
    found = written(
        project,
        "config:\n  aws:region: eu-west-1\n  plinth:system: practice-app\n  other:key: 1\n"
        "  plinth:overrides: {network: {nat: single}}\n",
    )
    assert found == Configuration(
        stack="dev",
        region="eu-west-1",
        values={"system": "practice-app", "overrides": {"network": {"nat": "single"}}},
    )


@pytest.mark.parametrize("text", ["", "config:\n", "encryptionsalt: v1:abc\n"])
def test_a_file_that_says_nothing(project: Path, text: str) -> None:
    assert written(project, text) == Configuration(stack="dev")


def test_no_file(project: Path) -> None:
    assert configuration_of("muejam-library-dev", project, {}) == Configuration(stack="muejam-library-dev")


def test_the_region_may_come_from_outside_and_the_file_wins(project: Path) -> None:
    assert configuration_of("x", project, {"AWS_REGION": "eu-west-1"}).region == "eu-west-1"
    assert configuration_of("dev", project, {"AWS_REGION": "eu-west-1"}).region == "us-east-1"


def test_encrypted_values_at_any_depth_are_named_by_their_key(project: Path) -> None:
    found = written(
        project,
        "config:\n  plinth:overrides:\n    tags: [{secure: v1:abc}]\n  plinth:system: {secure: v1:def}\n"
        "  plinth:environment: dev\n",
    )
    assert found.encrypted == {"overrides", "system"}


def test_what_is_no_mapping_is_text(project: Path) -> None:
    found = written(project, "config:\n  plinth:overrides: [1, 2]\n  plinth:environment: true\n")
    assert found.values == {"overrides": "[1, 2]", "environment": "true"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("config: [a", "Pulumi.dev.yaml: it cannot be read: while parsing a flow sequence"),
        ("config: 3\n", "Pulumi.dev.yaml: config is not a mapping."),
        ("- config\n", "Pulumi.dev.yaml: config is not a mapping."),
    ],
)
def test_a_file_that_cannot_be_read(project: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        written(project, text)
    assert raised.value.message.startswith(message)
