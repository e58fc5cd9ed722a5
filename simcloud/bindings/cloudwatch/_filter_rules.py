"""What CloudWatch Logs refuses in a metric filter: its pattern, and the metric that it feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.bindings._checks import at, written
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Filter pattern syntax for metric filters», CloudWatch Logs User Guide; from memory, not verified: brackets,
# quotes and selectors are checked, not the whole grammar.
_CODE = "InvalidParameterException"
_PAIRS = {"{": "}", "[": "]"}
_SELECTOR = re.compile(r"\$(\.[A-Za-z0-9_*-]+|\[[^\]]+\])+|\$")
_NUMBER = r"-?\d+(\.\d+)?|\$\.?[\w.\[\]'-]+"


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong in pattern and transformation."""
    pattern = new["pattern"]
    if isinstance(pattern, str) and (text := _pattern_problem(pattern.strip())):
        yield Refusal(_CODE, f"Invalid metric filter pattern: {text}", "pattern")
    yield from written(
        new, "metricTransformation.value", _NUMBER, "a number or a field such as $.size", _CODE
    )
    dimensions = at(new, "metricTransformation.dimensions")
    if isinstance(dimensions, dict):
        if len(dimensions) > 3:
            text = f"{len(dimensions)} dimensions are given, at most 3 are allowed."
            yield Refusal(_CODE, text, "metricTransformation.dimensions")
        wrong = [
            value for value in dimensions.values() if isinstance(value, str) and not value.startswith("$")
        ]
        if wrong:
            text = f"the dimension {wrong[0]!r} must be a field, such as $.name."
            yield Refusal(_CODE, text, "metricTransformation.dimensions")


def _pattern_problem(pattern: str) -> str:
    bare = re.sub(r'"(\\.|[^"\\])*"', "", pattern)
    if '"' in bare:
        return "a quotation mark is not closed."
    closing = _PAIRS.get(pattern[:1])
    if closing and not pattern.endswith(closing):
        return f"it begins with {pattern[:1]} and does not end in {closing}."
    if pattern.startswith("{") and not _is_condition(bare[1:-1]):
        return 'a JSON pattern compares fields that begin with $, such as { $.level = "error" }.'
    return ""


def _is_condition(inside: str) -> bool:
    parts = [part.strip(" ()") for part in re.split(r"&&|\|\|", inside)]
    return all(_SELECTOR.match(part) for part in parts)
