"""Values of the engines' settings, as far as they are known here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.refusal import Refusal
from simcloud.values import Value

# AWS: «Valkey and Redis OSS parameters», ElastiCache User Guide; from memory of AWS's documentation, not verified.
_CHOICES = {
    "maxmemory-policy": (
        *("volatile-lru", "allkeys-lru", "volatile-lfu", "allkeys-lfu", "volatile-random", "allkeys-random"),
        *("volatile-ttl", "noeviction"),
    ),
    "cluster-enabled": ("yes", "no"),
    "activedefrag": ("yes", "no"),
    "appendfsync": ("always", "everysec", "no"),
    "lazyfree-lazy-eviction": ("yes", "no"),
    "lazyfree-lazy-expire": ("yes", "no"),
}
_NUMBERS = (
    *(
        "timeout",
        "tcp-keepalive",
        "databases",
        "slowlog-log-slower-than",
        "slowlog-max-len",
        "maxmemory-samples",
    ),
    *("lua-time-limit", "repl-backlog-size", "hash-max-listpack-entries", "latency-monitor-threshold"),
)


def problems(parameters: Value) -> Iterator[Refusal]:
    """Settings that are there twice, and values that they cannot have."""
    seen: set[str] = set()
    for position, parameter in enumerate(parameters if isinstance(parameters, list) else ()):
        if isinstance(parameter, Mapping) and isinstance(parameter.get("name"), str):
            path, name = f"parameters[{position}]", parameter["name"]
            if name in seen:
                text = f"The parameter {name} is there twice."
                yield Refusal("InvalidParameterValue", text, f"{path}.name")
            seen.add(name)
            yield from _value_problems(name, parameter.get("value"), f"{path}.value")


def _value_problems(name: str, value: Value, path: str) -> Iterator[Refusal]:
    allowed = _CHOICES.get(name)
    if allowed and isinstance(value, str) and value not in allowed:
        text = f"The value {value!r} of {name} is not one of: {', '.join(allowed)}."
        yield Refusal("InvalidParameterValue", text, path)
    if name in _NUMBERS and isinstance(value, str) and not re.fullmatch(r"-?\d+", value):
        yield Refusal("InvalidParameterValue", f"The value {value!r} of {name} is not a whole number.", path)
