"""Looks settings up in the schema by their path."""

import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from stacks.settings.section import Section

Path = Sequence[str | int]


def field_at(root: type[Section], path: Path) -> FieldInfo | None:
    """The declaration of the setting that `path` leads to or into, or None if the schema has none."""
    section: type[Section] | None = root
    field: FieldInfo | None = None
    free = False
    for step in path:
        if section is None:
            return field
        if free:
            free = False
            continue
        if step not in section.model_fields:
            return None
        field = section.model_fields[str(step)]
        section, free = section_of(field.annotation), is_mapping(field.annotation)
    return field


def section_at(root: type[Section], path: Path) -> type[Section] | None:
    """The section that `path` leads to, through mappings of sections too."""
    section: type[Section] | None = root
    for step in path:
        if section is not None and step in section.model_fields:
            section = section_of(section.model_fields[str(step)].annotation)
    return section


def section_of(annotation: Any) -> type[Section] | None:
    """The section class inside an annotation such as `Scaling | None` or `Mapping[str, Slot]`."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next((found for part in get_args(annotation) if (found := section_of(part))), None)


def plain_type(annotation: Any) -> Any:
    """The annotation without `| None` and without constraints."""
    if get_origin(annotation) is Annotated:
        return plain_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return plain_type(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def is_mapping(annotation: Any) -> bool:
    """Whether the setting is a mapping with free keys."""
    origin = get_origin(plain_type(annotation))
    return isinstance(origin, type) and issubclass(origin, Mapping)
