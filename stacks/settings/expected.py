"""Says in words which values a setting takes, from its declaration."""

from typing import Any, Literal, get_args, get_origin

import annotated_types as limits
from pydantic.fields import FieldInfo

from stacks.settings.problem import as_yaml
from stacks.settings.schema import is_mapping, plain_type, section_of

NOUNS: dict[Any, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "text",
}


def expected(field: FieldInfo) -> str:
    """E.g. `a whole number from 20 to 65536 (GiB), e.g. 100`."""
    noun = _noun(field)
    if noun.startswith(("one of", "true or")):
        return noun
    return f"{noun}{_range(field)}{_unit(field)}{_example(field)}"


def expected_inside(field: FieldInfo) -> str:
    """The same for one element of a list, or one value of a mapping."""
    return f"text like {example_inside(field)}"


def example_inside(field: FieldInfo) -> Any:
    """The first element of the example of a list or a mapping."""
    example = (field.examples or [None])[0]
    return next(iter(example.values() if isinstance(example, dict) else example or ()), None)


def allowed(field: FieldInfo) -> tuple[Any, ...]:
    """The values of a closed set, or nothing."""
    kind = plain_type(field.annotation)
    return get_args(kind) if get_origin(kind) is Literal else ()


def unit(field: FieldInfo) -> str | None:
    """The unit of the setting, e.g. `GiB`."""
    extra = field.json_schema_extra
    return str(extra["unit"]) if isinstance(extra, dict) and "unit" in extra else None


def _noun(field: FieldInfo) -> str:
    if values := allowed(field):
        return "one of " + ", ".join(str(value) for value in values)
    kind = plain_type(field.annotation)
    if is_mapping(field.annotation) or section_of(kind):
        return "a mapping"
    if get_origin(kind) is tuple:
        return "a list"
    return NOUNS.get(kind, "a value")


def _range(field: FieldInfo) -> str:
    if longest := _limit(field, limits.MaxLen, "max_length", " of at most {} characters"):
        return longest
    low = _limit(field, limits.Ge, "ge", "from {}") or _limit(field, limits.Gt, "gt", "above {}")
    high = _limit(field, limits.Le, "le", "to {}") or _limit(field, limits.Lt, "lt", "below {}")
    if low.startswith("from") and not high:
        low = low.replace("from", "of at least")
    if not low.startswith("from"):
        high = high.replace("to", "of at most")
    return "".join(f" {part}" for part in (low, high) if part)


def _limit(field: FieldInfo, kind: type, attribute: str, words: str) -> str:
    values = [getattr(item, attribute) for item in field.metadata if isinstance(item, kind)]
    return words.format(values[0]) if values else ""


def _unit(field: FieldInfo) -> str:
    return f" ({unit(field)})" if unit(field) else ""


def _example(field: FieldInfo) -> str:
    example = (field.examples or [None])[0]
    kind = plain_type(field.annotation)
    return f" like {example}" if kind is str else f", e.g. {as_yaml(example)}"
