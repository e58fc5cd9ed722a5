"""Writes `docs/settings.md` from the schema: `python -m stacks.settings.document > docs/settings.md`."""

import sys
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from stacks.environments import CHOICES, ENVIRONMENTS, Choice
from stacks.settings.expected import expected
from stacks.settings.load import FIXED
from stacks.settings.problem import as_yaml
from stacks.settings.root import Settings
from stacks.settings.schema import section_of
from stacks.settings.section import Section

INTRODUCTION = """\
# Settings

Generated from `stacks/settings/` by `python -m stacks.settings.document`; do not edit.

A stack's settings are what its environment says (`stacks/environments.py`), over that what its system says
(`stacks/systems/`), over that `plinth:overrides` of its stack file. Change one with, for example,
`pulumi config set -s dev --path plinth:overrides.network.nat per_az`. Unknown keys and contradictions are
refused, all at once, before anything is created.
"""


def markdown() -> str:
    """All settings, section by section, with their values per environment."""
    top = {name: field for name, field in Settings.model_fields.items() if not section_of(field.annotation)}
    lines = [INTRODUCTION, "## Top level", "", *_table("", top), ""]
    for name, field in Settings.model_fields.items():
        if section := section_of(field.annotation):
            lines += _section(name, section)
    return "\n".join(lines)


def _section(path: str, section: type[Section]) -> list[str]:
    lines = [f"## {path}", "", section.__doc__ or "", "", *_table(f"{path}.", section.model_fields), ""]
    for name, field in section.model_fields.items():
        if inner := section_of(field.annotation):
            lines += [f"### {path}.{name}", "", inner.__doc__ or "", ""]
            lines += [*_table(f"{path}.{name}.", inner.model_fields), ""]
    return lines


def _table(prefix: str, fields: dict[str, FieldInfo]) -> Iterator[str]:
    yield "| setting | meaning | takes | value | why |"
    yield "|---|---|---|---|---|"
    for name, field in fields.items():
        choice = _choice(f"{prefix}{name}")
        value = f"by {FIXED[name]}" if f"{prefix}{name}" in FIXED else _value(field, choice)
        cells = [f"`{prefix}{name}`", field.description or "", expected(field), value]
        yield "| " + " | ".join([*cells, choice.why if choice else ""]).replace("\n", " ") + " |"


def _choice(path: str) -> Choice | None:
    return next((choice for choice in CHOICES if choice.path == path), None)


def _value(field: FieldInfo, choice: Choice | None) -> str:
    if choice is None:
        return _default(field)
    values = [choice.value(environment) for environment in ENVIRONMENTS]
    if all(value == values[0] for value in values):
        return f"`{_short(values[0])}`"
    return "<br>".join(f"{env}: `{_short(value)}`" for env, value in zip(ENVIRONMENTS, values, strict=True))


def _default(field: FieldInfo) -> str:
    return "by the system" if field.default is PydanticUndefined else f"`{_short(field.default)}`"


def _short(value: Any) -> str:
    return as_yaml(value)


if __name__ == "__main__":
    sys.stdout.write(markdown())
