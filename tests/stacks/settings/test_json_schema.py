"""What editors are told of stack files is what the settings take."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from stacks.environments import ENVIRONMENTS, defaults
from stacks.settings.json_schema import schema
from stacks.settings.layers import lay
from stacks.systems import SYSTEMS

ROOT = Path(__file__).parents[3]
STACK_FILES = sorted(ROOT.glob("Pulumi.*.yaml"))
CASES = sorted(Path(__file__).with_name("errors").glob("*.yaml"))
VALIDATOR = Draft7Validator(schema())

SEEN_BY_EDITORS = {
    "instance_class_form",
    "limits_of_aws",
    "log_retention_not_offered",
    "many_at_once",
    "mistyped_keys",
    "name_too_long",
    "not_allowed_values",
    "overrides_not_a_mapping",
    "secret_in_settings",
    "standby_is_said_by_the_name",
    "unknown_key_beside_overrides",
    "unknown_region",
    "wrong_kinds",
}
"""Mistakes that one value shows by itself; the others are contradictions, which only `plinth config check` sees."""


def problems(document: Any) -> list[str]:
    return [f"{'.'.join(map(str, error.path))}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def with_overrides(overrides: Any) -> dict[str, Any]:
    return {"config": {"plinth:overrides": json.loads(json.dumps(overrides))}}


def test_the_file_is_up_to_date() -> None:
    written = json.loads((ROOT / "docs" / "settings.schema.json").read_text())
    assert written == schema(), "run: python -m stacks.settings.json_schema > docs/settings.schema.json"


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(schema())


@pytest.mark.parametrize("file", STACK_FILES, ids=lambda file: file.name)
def test_every_stack_file_is_right_and_names_its_schema(file: Path) -> None:
    assert file.read_text().startswith("# yaml-language-server: $schema=docs/settings.schema.json\n")
    assert problems(yaml.safe_load(file.read_text())) == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_whatever_a_system_says_may_be_said_in_a_stack_file(system: str, environment: Any) -> None:
    said = SYSTEMS[system](environment)
    assert problems(with_overrides(said)) == []
    assert problems(with_overrides(lay(defaults(environment), said))) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_editors_see_what_one_value_shows_and_take_the_rest(case: Path) -> None:
    config = yaml.safe_load(case.read_text()).get("config", {})
    assert bool(problems({"config": config})) == (case.stem in SEEN_BY_EDITORS)


@pytest.mark.parametrize(
    "overrides",
    [
        {"services": {"*": {"cpus": 512}}},
        {"services": {"*": {"cpu": "much"}}},
        {"services": {"Web": {"cpu": 512}}},
        {"services": {"web": {"scaling": {"windows": {"morning": {"from": "cron(0 6 * * ? *)"}}}}}},
        {"edge": {"headers": {"frame": "ALLOW"}}},
        {"edge": {"kept": {"pages": {"paths": ["about"]}}}},
        {"application": {"auth": {"bcrypt_rounds": 4}}},
        {"database": {"engine_version": "sixteen"}},
        {"secrets": {"slots": {"session": {"variable": "session_secret"}}}},
        {"system": "learning-assistant"},
        {"regions": {"second": "west"}},
    ],
    ids=json.dumps,
)
def test_mistakes_at_any_depth_are_seen(overrides: Any) -> None:
    assert problems(with_overrides(overrides)) != []


@pytest.mark.parametrize(
    "overrides",
    [
        {"services": {"*": {"cpu": 512}, "web": {"scaling": None}}},
        {"database": None, "cache": {"engine_version": 7.1}},
        {"database": {"engine_version": 16, "parameters": {"jit": False, "work_mem": "4MB", "cost": 1.1}}},
        {"services": {"web": {"scaling": {"max": 8}, "environment": {"WORKERS": 4}}}},
        {"edge": {"kept": {"pages": {"edge_seconds": 60}}}},
    ],
    ids=json.dumps,
)
def test_any_part_may_be_said_alone_and_text_as_yaml_reads_it(overrides: Any) -> None:
    assert problems(with_overrides(overrides)) == []


def test_every_setting_is_described_with_its_unit_and_what_it_is_otherwise() -> None:
    settings = schema()["properties"]["config"]["properties"]["plinth:overrides"]["properties"]
    [service] = settings["services"]["patternProperties"].values()
    assert service["properties"]["memory"]["description"] == (
        "Memory of one task (MiB). Default: dev 512, staging 1024, production 2048"
    )
    assert settings["edge"]["properties"]["headers"]["properties"]["frame"]["description"] == (
        "Who may show the site in a frame (X-Frame-Options). Default: SAMEORIGIN"
    )
