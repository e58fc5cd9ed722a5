"""The settings as one reads about them: section by section, at any depth, with what each takes and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from stacks.environments import CHOICES, ENVIRONMENTS, Choice
from stacks.settings.expected import expected, unit
from stacks.settings.load import FIXED
from stacks.settings.root import Settings
from stacks.settings.schema import is_mapping, section_of
from stacks.settings.section import Section

NAME = "<name>"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One setting.

    `values`: what environments or the schema say, by environment; empty where neither does, and then `given_by` does.
    """

    path: str
    meaning: str
    takes: str
    unit: str | None
    values: Mapping[str, Any]
    given_by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """The settings of one section; `path` is empty for those of no section, `<name>` in it is a name of one's own."""

    path: str
    promise: str
    entries: tuple[Entry, ...]

    @property
    def depth(self) -> int:
        """How many sections it lies in."""
        return len([step for step in self.path.split(".") if step not in ("", NAME)])


def chapters() -> tuple[Chapter, ...]:
    """All settings, the top level first."""
    return tuple(_chapters("", Settings))


def _chapters(path: str, section: type[Section]) -> Iterator[Chapter]:
    entries = tuple(_entry(_join(path, name), field) for name, field in _fields(section))
    yield Chapter(path=path, promise=cleandoc(section.__doc__ or ""), entries=entries)
    for name, field in section.model_fields.items():
        if inner := section_of(field.annotation):
            below = f"{_join(path, name)}.{NAME}" if is_mapping(field.annotation) else _join(path, name)
            yield from _chapters(below, inner)


def _fields(section: type[Section]) -> Iterator[tuple[str, FieldInfo]]:
    """Those that a reader sets: a section that is always there says nothing but its settings."""
    for name, field in section.model_fields.items():
        if field.annotation is not section_of(field.annotation):
            yield name, field


def _entry(path: str, field: FieldInfo) -> Entry:
    choice = next((choice for choice in CHOICES if choice.path == path.replace(NAME, "*")), None)
    values = _values(field, choice)
    return Entry(
        path=path,
        meaning=field.description or "",
        takes=expected(field),
        unit=unit(field),
        values={} if path in FIXED else values,
        given_by=FIXED.get(path) or ("" if values else _giver(path)),
        why=choice.why if choice else "",
    )


def _values(field: FieldInfo, choice: Choice | None) -> dict[str, Any]:
    if choice:
        return {environment: choice.value(environment) for environment in ENVIRONMENTS}
    if field.default is PydanticUndefined:
        return {}
    return dict.fromkeys(ENVIRONMENTS, field.default)


def _giver(path: str) -> str:
    # What may be absent altogether says for itself what it cannot be without.
    optional = path.count(".") > (2 if path.startswith("services.") else 1)
    return "whoever asks for it" if optional else "the system"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
