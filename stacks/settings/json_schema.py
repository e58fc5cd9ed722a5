"""Writes `docs/settings.schema.json`, by which editors complete and check `Pulumi.<stack>.yaml`.

`python -m stacks.settings.json_schema > docs/settings.schema.json`
"""

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from stacks.environments import ENVIRONMENTS
from stacks.settings.chapters import NAME, Entry, chapters
from stacks.settings.keys import KEYS, REGION
from stacks.settings.layers import EVERY
from stacks.settings.load import FIXED
from stacks.settings.problem import as_yaml
from stacks.settings.root import Settings
from stacks.systems import SYSTEMS

Schema = dict[str, Any]

# Titles say what keys say, defaults depend on the environment, and nothing must be there for an override.
DROPPED = ("$defs", "$ref", "default", "minProperties", "required", "title", "unit")


def schema() -> Schema:
    """What a stack file may hold: our keys, strictly, and whatever else is in it."""
    config = {
        "aws:region": {"type": "string", "pattern": f"^{REGION}$", "description": "AWS region"},
        "plinth:system": {"enum": sorted(SYSTEMS), "description": "Which product this is"},
        "plinth:environment": {"enum": list(ENVIRONMENTS), "description": "Which environment this is"},
        "plinth:overrides": overrides(),
    }
    ours = {"type": "object", "properties": config, "patternProperties": {_UNKNOWN: False}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A stack of Plinth",
        "type": "object",
        "properties": {"config": ours},
    }


_UNKNOWN = f"^plinth:(?!({'|'.join(KEYS)})$)"


def overrides() -> Schema:
    """What may stand below `plinth:overrides`: any part of the settings, and nothing that is no setting."""
    whole = Settings.model_json_schema()
    entries = {entry.path: entry for chapter in chapters() for entry in chapter.entries}
    partial = _partial(_inlined(whole, whole["$defs"]), "", entries)
    free = {name: setting for name, setting in partial["properties"].items() if name not in FIXED}
    words = "Settings over those of the environment and the system (docs/settings.md)"
    return {**partial, "properties": free, "description": words}


def _inlined(part: Any, named: Mapping[str, Any]) -> Any:
    """`part` with what it refers to in the place of the reference: not every editor follows them."""
    if isinstance(part, list):
        return [_inlined(item, named) for item in part]
    if not isinstance(part, dict):
        return part
    target = named[part["$ref"].rpartition("/")[2]] if isinstance(part.get("$ref"), str) else {}
    return {key: _inlined(value, named) for key, value in {**target, **part}.items() if key != "$ref"}


def _partial(part: Schema, path: str, entries: Mapping[str, Entry]) -> Schema:
    """`part`, which is at `path`, with nothing required, and no key that no setting has."""
    found = {key: value for key, value in part.items() if key not in DROPPED}
    below = f"{path}.{NAME}"
    if "properties" in part:
        found["properties"] = {
            name: _setting(inner, f"{path}.{name}".lstrip("."), entries)
            for name, inner in part["properties"].items()
        }
    if "patternProperties" in part:
        [(pattern, inner)] = part["patternProperties"].items()
        names = f"^{re.escape(EVERY)}$|{pattern}" if path == "services" else pattern
        found |= {
            "patternProperties": {names: _partial(inner, below, entries)},
            "additionalProperties": False,
        }
    elif isinstance(part.get("additionalProperties"), dict):
        found["additionalProperties"] = _partial(part["additionalProperties"], below, entries)
    if "items" in part:
        found["items"] = _partial(part["items"], below, entries)
    if "anyOf" in part:
        found["anyOf"] = [_partial(choice, path, entries) for choice in part["anyOf"]]
    return found


def _setting(part: Schema, path: str, entries: Mapping[str, Entry]) -> Schema:
    entry = entries.get(path)
    words = {"description": _words(entry)} if entry else {}
    return {**_partial(part, path, entries), **words}


def _words(entry: Entry) -> str:
    """Meaning, unit and what it is where nobody says it."""
    meaning = f"{entry.meaning} ({entry.unit})" if entry.unit else entry.meaning
    values = {environment: as_yaml(value) for environment, value in entry.values.items()}
    if not values:
        return meaning
    if len(set(values.values())) == 1:
        return f"{meaning}. Default: {values['dev']}"
    return f"{meaning}. Default: " + ", ".join(f"{name} {value}" for name, value in values.items())


def text() -> str:
    """The file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
