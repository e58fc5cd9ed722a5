"""Turns what pydantic says into problems that a reader can act on."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from stacks.settings.expected import allowed, example_inside, expected, expected_inside
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.schema import Path, field_at, section_at

NOT_SET = "it is not set"
SECRET_WORDS = ("password", "passwd", "secret", "token", "api_key", "private_key")


def translate(error: ValidationError) -> list[Problem]:
    """One problem per mistake, in the order of the schema."""
    return [_problem(detail) for detail in error.errors()]


def dotted(path: Path) -> str:
    """E.g. `network.public_cidrs[1]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def did_you_mean(word: str, known: Sequence[str]) -> str | None:
    """The known word nearest to `word`, if one is near."""
    longer = [name for name in known if len(word) > 2 and name.startswith(word)]
    near = longer or difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return near[0] if near else None


def _problem(detail: ErrorDetails) -> Problem:
    path = tuple(step for step in detail["loc"] if step != "[key]")
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(path)
        case "missing":
            return _missing(path)
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type":
            return _not_a_mapping(path, detail["input"])
        case _:
            return _wrong_value(path, detail)


def _unknown_key(path: tuple[str | int, ...]) -> Problem:
    *parents, key = path
    section = section_at(Settings, parents) or Settings
    known = sorted(section.model_fields)
    return Problem(
        path=dotted(path),
        problem="there is no such setting",
        expected="one of " + ", ".join(known),
        fix=_rename(dotted(parents), str(key), known),
        involves=(dotted(path),),
    )


def _rename(parent: str, key: str, known: Sequence[str]) -> str:
    near = did_you_mean(key, known)
    if near:
        return f"did you mean {parent}.{near}?" if parent else f"did you mean {near}?"
    if any(word in key.lower() for word in SECRET_WORDS):
        return "remove it: no secret value is a setting; add a slot to secrets.slots and fill that in AWS"
    return "remove it"


def _missing(path: tuple[str | int, ...]) -> Problem:
    field = field_at(Settings, path)
    example = (field.examples or [None])[0] if field else None
    return Problem(
        path=dotted(path),
        problem=NOT_SET,
        expected=expected(field) if field else "a value",
        fix=SetTo(path=dotted(path), value=example),
        involves=(dotted(path),),
    )


def _not_a_mapping(path: tuple[str | int, ...], value: Any) -> Problem:
    section = section_at(Settings, path)
    keys = ", ".join(sorted(section.model_fields)) if section else "names of your own"
    return Problem(
        path=dotted(path),
        problem=f"{_quoted(value)} is not a mapping",
        expected=f"a mapping with the keys {keys}",
        fix=f"indent the settings of {dotted(path)} below it",
        involves=(dotted(path),),
    )


def _wrong_value(path: tuple[str | int, ...], detail: ErrorDetails) -> Problem:
    field = field_at(Settings, path)
    if field is None:
        raise AssertionError(f"pydantic names {path}, which the schema has not")
    inside = field_at(Settings, path[:-1]) is field
    value = detail["input"]
    return Problem(
        path=dotted(path),
        problem=f"{_quoted(value)} {_complaint(detail)}",
        expected=expected_inside(field) if inside else expected(field),
        fix=SetTo(path=dotted(path), value=example_inside(field) if inside else _replacement(field, detail)),
        involves=(dotted(path),),
    )


def _complaint(detail: ErrorDetails) -> str:
    context: Mapping[str, Any] = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal" | "greater_than":
            return "is too small"
        case "less_than_equal" | "less_than":
            return "is too large"
        case "string_too_short" | "too_short":
            return "is too short"
        case "string_too_long" | "too_long":
            return "is too long"
        case "string_pattern_mismatch":
            return "does not have the right form"
        case "literal_error":
            return "is not allowed"
        case "value_error":
            return str(context["error"])
        case _:
            return "is of the wrong kind"


def _replacement(field: FieldInfo, detail: ErrorDetails) -> Any:
    limits = detail.get("ctx", {})
    example = (field.examples or [None])[0]
    return limits.get("ge", limits.get("le")) or _nearest(detail["input"], allowed(field)) or example


def _nearest(value: Any, choices: tuple[Any, ...]) -> Any:
    if choices and all(isinstance(choice, int) for choice in choices) and isinstance(value, int):
        return min((choice for choice in choices if choice >= value), default=choices[-1])
    return did_you_mean(str(value), [str(choice) for choice in choices])


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else "null" if value is None else str(value)
