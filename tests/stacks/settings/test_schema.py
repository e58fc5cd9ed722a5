"""Every setting explains itself, and no layer below the overrides is wrong."""

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from stacks.environments import CHOICES, ENVIRONMENTS, defaults
from stacks.settings.chapters import chapters
from stacks.settings.expected import unit
from stacks.settings.root import Settings
from stacks.settings.schema import field_at, is_mapping, plain_type, section_of
from stacks.settings.section import Section
from stacks.systems import SYSTEMS
from stacks.systems.learning_assistant import settings as learning_assistant
from tests.stacks.settings.loading import loaded


def leaves(section: type[Section], path: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting at any depth; a section that is always there has nothing to explain but its settings."""
    for name, field in section.model_fields.items():
        here = f"{path}.{name}".lstrip(".")
        inner = section_of(field.annotation)
        if field.annotation is not inner:
            yield here, field
        if inner:
            yield from leaves(inner, f"{here}.<name>" if is_mapping(field.annotation) else here)


@pytest.mark.parametrize(("path", "field"), [pytest.param(*leaf, id=leaf[0]) for leaf in leaves(Settings)])
def test_every_setting_has_a_description_and_an_example(path: str, field: FieldInfo) -> None:
    assert field.description
    assert not field.description.endswith(".")
    assert field.examples


def test_every_section_promises_something() -> None:
    silent = [chapter.path for chapter in chapters() if not chapter.promise.endswith(".")]
    assert silent == []


NUMBERS_WITHOUT_UNIT = {
    "services.<name>.port",
    "services.<name>.call_port",
    "application.auth.bcrypt_rounds",
}
"""A port is a name; a work factor is a power of two."""


def test_every_number_has_a_unit() -> None:
    bare = {
        path
        for path, field in leaves(Settings)
        if plain_type(field.annotation) in (int, float) and unit(field) is None
    }
    assert bare <= NUMBERS_WITHOUT_UNIT


EXAMPLES = [(path, field) for path, field in leaves(Settings) if not section_of(field.annotation)]


@pytest.mark.parametrize(("path", "field"), [pytest.param(*leaf, id=leaf[0]) for leaf in EXAMPLES])
def test_every_example_is_a_value_that_the_setting_takes(path: str, field: FieldInfo) -> None:
    kind = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    for example in field.examples or ():
        TypeAdapter(kind).validate_python(example)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.path)
def test_every_choice_is_a_setting_with_a_reason(choice: object) -> None:
    path, why = choice.path, choice.why  # type: ignore[attr-defined]
    assert field_at(Settings, path.split(".")) is not None
    assert why.endswith(".")


def test_no_choice_is_made_twice() -> None:
    paths = [choice.path for choice in CHOICES]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_systems_say_only_what_environments_leave_open(environment: str) -> None:
    """A value that both give would hide the environment's reason."""
    said = learning_assistant(environment)  # type: ignore[arg-type]
    decided = defaults(environment)  # type: ignore[arg-type]
    both = {f"{s}.{k}" for s in decided if isinstance(said.get(s), dict) for k in decided[s] if k in said[s]}
    assert both == {"network.az_count"}


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_system_is_right_in_every_environment(system: str, environment: str) -> None:
    settings = loaded(f"{system}-{environment}")
    assert (settings.system, settings.environment) == (system, environment)
