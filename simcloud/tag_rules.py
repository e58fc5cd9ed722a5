"""What AWS refuses in tags, whatever they are put on."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Tag naming and usage conventions», Tagging AWS Resources User Guide: at most 50 tags; keys of 1 to 128
# characters that do not begin with `aws:`; values of up to 256; from memory of the documentation, not verified.
_MOST, _KEY, _VALUE = 50, 128, 256


def tag_problems(binding: Binding, inputs: Props) -> Iterator[Refusal]:
    """What is wrong with the `tags` of a resource."""
    tags = inputs.get("tags")
    if binding.tagging is None or not isinstance(tags, dict):
        return
    if len(tags) > _MOST:
        yield Refusal("TagLimitExceeded", f"{len(tags)} tags are given, at most {_MOST} are allowed.", "tags")
    for key, value in tags.items():
        problem = _key_problem(key) or _value_problem(value)
        if problem:
            yield Refusal("InvalidParameterValue", f"the tag {key[:40]!r} {problem}", "tags")


def _key_problem(key: str) -> str:
    if key.lower().startswith("aws:"):
        return "is reserved: keys must not begin with aws:."
    if not 1 <= len(key) <= _KEY:
        return f"has a key of {len(key)} characters, 1 to {_KEY} are allowed."
    return ""


def _value_problem(value: object) -> str:
    if isinstance(value, str) and len(value) > _VALUE:
        return f"has a value of {len(value)} characters, at most {_VALUE} are allowed."
    return ""
