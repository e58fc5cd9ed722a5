"""What can be wrong with the keys of a stack file, before any setting is looked at."""

import re
from collections.abc import Mapping
from typing import Any

from stacks.settings.problem import Problem
from stacks.settings.root import Settings
from stacks.settings.translate import did_you_mean

REGION = r"[a-z]{2}(-[a-z]+)+-\d"
DEFAULT_REGION = "us-east-1"
KEYS = ("system", "environment", "overrides")


def encrypted(keys: frozenset[str]) -> list[Problem]:
    """Keys with something encrypted inside, which no error text may quote: nothing else is checked then."""
    return [
        Problem(
            path=f"plinth:{key}",
            problem="it holds an encrypted value, and no setting is secret",
            expected="plain values",
            fix="remove the encrypted value; add a slot to secrets.slots and fill that in AWS",
        )
        for key in sorted(keys)
    ]


def unknown_keys(values: Mapping[str, Any]) -> list[Problem]:
    """Keys beside the known ones."""
    return [
        Problem(
            path=f"plinth:{key}",
            problem="there is no such key",
            expected="one of " + ", ".join(f"plinth:{known}" for known in KEYS),
            fix=f"did you mean plinth:{near}?" if (near := did_you_mean(key, KEYS)) else _move_below(key),
        )
        for key in values
        if key not in KEYS
    ]


def _move_below(key: str) -> str:
    if key in Settings.model_fields:
        return f"move it below plinth:overrides, as {key}"
    return "remove it; settings stand below plinth:overrides"


def wrong_overrides(values: Mapping[str, Any]) -> list[Problem]:
    """Overrides that are no mapping."""
    overrides = values.get("overrides", {})
    if isinstance(overrides, Mapping):
        return []
    return [
        Problem(
            path="plinth:overrides",
            problem=f'"{overrides}" is not a mapping',
            expected="sections and their settings, e.g. {network: {nat: single}}",
            fix="indent the settings below plinth:overrides",
        )
    ]


def unknown_region(stack: str, region: str | None) -> list[Problem]:
    """A region whose name no region has."""
    if region is None or re.fullmatch(REGION, region):
        return []
    return [
        Problem(
            path="aws:region",
            problem=f'"{region}" is not the name of a region',
            expected=f"a name like {DEFAULT_REGION}",
            fix=f"pulumi config set -s {stack} aws:region {DEFAULT_REGION}",
        )
    ]
