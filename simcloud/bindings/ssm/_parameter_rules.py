"""What Parameter Store refuses; the patches hold requests over HTTP against the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from simcloud.refusal import Refusal
from simcloud.values import Props, Value

# AWS: «Managing parameter tiers» and «Requirements and constraints for parameter names», Systems Manager User Guide;
# from memory of AWS's documentation, not verified.
_LARGEST = {"Standard": 4096, "Advanced": 8192, "Intelligent-Tiering": 8192}
_NAME = re.compile(r"[A-Za-z0-9_.\-/]+")
_LONGEST_NAME = 1011
_LEVELS = 15


def problems(new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with a parameter."""
    yield from _name(new["name"])
    given = [name for name in ("value", "insecureValue", "valueWo") if name in new]
    if len(given) != 1:
        yield _invalid(
            f"one of value, insecureValue and valueWo must be given, got {len(given)}",
            given[0] if given else "value",
        )
    if "valueWo" in new and "valueWoVersion" not in new:
        yield _invalid("valueWo needs valueWoVersion", "valueWoVersion")
    if "insecureValue" in new and new["type"] == "SecureString":
        yield _invalid("insecureValue cannot be used with the type SecureString", "insecureValue")
    for name in given[:1]:
        for problem in value_problems(
            new[name], new.get("tier"), new.get("allowedPattern"), new.get("dataType")
        ):
            yield Refusal(problem.code, problem.message, name, problem.fix)
    yield from _pattern(new.get("allowedPattern"))


def value_problems(value: Value, tier: Value, pattern: Value, data_type: Value) -> Iterator[Refusal]:
    """What is wrong with a value."""
    if not isinstance(value, str):
        return
    largest = _LARGEST.get(tier or "Standard", 8192)
    if not value:
        yield _invalid("the value must have at least one character")
    elif len(value.encode()) > largest and largest == 4096:
        yield Refusal(
            "ValidationException",
            "Standard tier parameters support a maximum parameter value of 4096 characters. "
            "To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.",
        )
    elif len(value.encode()) > largest:
        yield _invalid(f"the value has {len(value.encode())} bytes, at most {largest} are allowed")
    if "{{" in value and "}}" in value:
        yield _invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value')
    if isinstance(pattern, str) and _compiled(pattern) is not None and not regex.search(pattern, value):
        yield Refusal(
            "ParameterPatternMismatchException",
            f"Parameter value, cannot be validated against allowedPattern: {pattern}",
        )
    if data_type == "aws:ec2:image" and not re.fullmatch(r"ami-[0-9a-f]{8,17}", value):
        yield _invalid("a parameter of the data type aws:ec2:image holds the id of an AMI")


def _name(name: Value) -> Iterator[Refusal]:
    if not isinstance(name, str):
        return
    first = name.strip("/").split("/")[0].lower()
    if not _NAME.fullmatch(name):
        yield _invalid(f"the name {name!r} may hold letters, digits and the symbols _ . - /", "name")
    elif "/" in name and not name.startswith("/"):
        yield _invalid("Parameter name must be a fully qualified name: a path begins with /", "name")
    elif name.count("/") > _LEVELS or len(name) > _LONGEST_NAME:
        yield _invalid(f"a name has at most {_LEVELS} levels and {_LONGEST_NAME} characters", "name")
    elif first.startswith(("aws", "ssm")):
        yield _invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive)', "name")


def _pattern(pattern: Value) -> Iterator[Refusal]:
    if isinstance(pattern, str) and _compiled(pattern) is None:
        yield Refusal(
            "InvalidAllowedPatternException",
            f"{pattern!r} is not a valid regular expression.",
            "allowedPattern",
        )


def _compiled(pattern: str) -> regex.Pattern[str] | None:
    try:
        return regex.compile(pattern)
    except regex.error:
        return None


def _invalid(message: str, path: str = "") -> Refusal:
    return Refusal("ValidationException", f"{message}.", path)
