"""Every setting explains itself, and no layer below the overrides is wrong."""

from collections.abc import Iterator

import pytest
from pydantic.fields import FieldInfo

from stacks.environments import CHOICES, ENVIRONMENTS, defaults
from stacks.settings.root import Settings
from stacks.settings.schema import field_at, section_of
from stacks.settings.section import Section
from stacks.systems import SYSTEMS
from stacks.systems.learning_assistant import settings as learning_assistant
from tests.stacks.settings.loading import loaded


def leaves(section: type[Section], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, field in section.model_fields.items():
        inner = section_of(field.annotation)
        if not prefix and inner:
            yield from leaves(inner, f"{name}.")
        else:
            yield f"{prefix}{name}", field


@pytest.mark.parametrize(("path", "field"), [pytest.param(*leaf, id=leaf[0]) for leaf in leaves(Settings)])
def test_every_setting_has_a_description_and_an_example(path: str, field: FieldInfo) -> None:
    assert field.description
    assert field.examples


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
