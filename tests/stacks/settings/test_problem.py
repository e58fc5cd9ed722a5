"""What is told can be typed: values as they stand in a stack file, fixes as commands."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as values

from stacks.settings.problem import SetTo, as_yaml

SCALARS = values.none() | values.booleans() | values.integers() | values.text(max_size=12)
NESTED = values.recursive(
    values.lists(SCALARS, max_size=3)
    | values.dictionaries(values.text(min_size=1, max_size=8), SCALARS, max_size=3),
    lambda inner: (
        values.lists(inner, max_size=2) | values.dictionaries(values.text(max_size=8), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(NESTED)
def test_what_is_written_is_what_is_read(value: Any) -> None:
    assert yaml.safe_load(as_yaml(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["@", "www"], '["@", www]'),
        ({"a": "4", "b": 4, "c": None}, '{a: "4", b: 4, c: null}'),
        (
            ["10.0.0.0/16", "no", "1.5", "2026-11-05", ".inf"],
            '[10.0.0.0/16, "no", "1.5", "2026-11-05", ".inf"]',
        ),
        (("cron(0 6 ? * MON-FRI *)",), '["cron(0 6 ? * MON-FRI *)"]'),
    ],
)
def test_quotes_only_where_yaml_wants_them(value: Any, text: str) -> None:
    assert as_yaml(value) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "pulumi config set -s dev --path plinth:overrides.a.b 7"),
        ("two words", "pulumi config set -s dev --path plinth:overrides.a.b 'two words'"),
        (None, "write null for a.b under plinth:overrides in Pulumi.dev.yaml"),
        (["@"], 'write ["@"] for a.b under plinth:overrides in Pulumi.dev.yaml'),
    ],
)
def test_a_fix_is_a_command_or_a_line_of_the_stack_file(value: Any, words: str) -> None:
    assert SetTo(path="a.b", value=value).words("dev") == words
