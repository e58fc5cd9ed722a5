"""What AWS refuses in the conditions of a listener rule."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.bindings._checks import at, written
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: API reference of RuleCondition and the configurations of its kinds (botocore 1.44.5), read 2026-11.
_CODE = "ValidationError"
_ONCE = ("hostHeader", "httpRequestMethod", "pathPattern", "sourceIp")
_WRITTEN = {
    "hostHeader": (r"[A-Za-z0-9.*?-]{1,128}", "a host name, with * and ? as wildcards"),
    "pathPattern": (r"[A-Za-z0-9_.$/~\"'@:+&*?-]{1,128}", "a path pattern"),
    "httpRequestMethod": (r"[A-Z_-]{1,40}", "a method of capitals, hyphens and underscores"),
}
# AWS: conditions on these have fields of their own or are not possible.
_OTHER_HEADERS = ("host",)


def problems(conditions: Any) -> Iterator[Refusal]:
    """Everything wrong with the values."""
    seen: set[str] = set()
    for position, condition in enumerate(conditions if isinstance(conditions, list) else ()):
        if isinstance(condition, Mapping):
            path = f"conditions[{position}]"
            yield from _value_problems(dict(condition), path)
            yield from _repeated(condition, seen, path)


def _value_problems(condition: Props, path: str) -> Iterator[Refusal]:
    for name in (*_ONCE, "httpHeader"):
        values = at(condition, f"{name}.values")
        if values == []:
            yield Refusal(_CODE, "A condition value must be specified.", f"{path}.{name}.values")
        for number in range(len(values) if isinstance(values, list) else 0):
            place = f"{name}.values[{number}]"
            if name in _WRITTEN:
                yield from written(condition, place, *_WRITTEN[name], _CODE, path)
            elif name == "sourceIp":
                yield from _range_problems(at(condition, place), f"{path}.{place}")
    header = at(condition, "httpHeader.httpHeaderName")
    if isinstance(header, str) and header.lower() in _OTHER_HEADERS:
        text = "use a host header condition for the Host header."
        yield Refusal(_CODE, text, f"{path}.httpHeader.httpHeaderName")


def _range_problems(value: Any, path: str) -> Iterator[Refusal]:
    if isinstance(value, str) and not _is_range(value):
        yield Refusal(_CODE, f"{value!r} is not a CIDR block, such as 192.0.2.0/24.", path)


def _is_range(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return "/" in text


def _repeated(condition: Mapping[str, Any], seen: set[str], path: str) -> Iterator[Refusal]:
    for name in condition.keys() & set(_ONCE):
        if name in seen:
            yield Refusal(_CODE, f"a rule can only have one {name} condition.", path)
        seen.add(name)
