"""Stack outputs, with everything secret already masked."""

from collections.abc import Mapping, Sequence
from typing import Any

from plinth.report.event import Event
from plinth.report.model import Output
from plinth.report.urn import STACK_TYPE

MASK = "[secret]"
UNKNOWN = "[known after up]"

# Pulumi's wire format: SigKey and SecretSig of sdk/go/common/resource, UNKNOWN of the Python SDK's rpc.py.
_SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
_SIGNATURE_OF_SECRETS = "1b47061264138c4ac30d75fd1eb44270"
_UNKNOWN_VALUES = ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", "output<string>")


def stack_outputs(events: Sequence[Event]) -> tuple[Output, ...]:
    """What the stack's own closing event says, by name; nothing when it never closed."""
    for event in reversed(events):
        if event.kind == "resOutputsEvent" and event.metadata.get("type") == STACK_TYPE:
            found = (event.metadata.get("new") or {}).get("outputs") or {}
            return tuple(as_output(name, found[name]) for name in sorted(found))
    return ()


def as_output(name: str, raw: Any) -> Output:
    """One output from its serialised form."""
    value = _masked(raw)
    return Output(
        name,
        value,
        secret=_contains(value, MASK),
        known=not _contains(value, UNKNOWN),
    )


def _masked(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        if raw.get(_SIGNATURE_KEY) == _SIGNATURE_OF_SECRETS:
            return MASK
        return {key: _masked(value) for key, value in raw.items() if key != _SIGNATURE_KEY}
    if isinstance(raw, list):
        return [_masked(value) for value in raw]
    return UNKNOWN if raw in _UNKNOWN_VALUES else raw


def _contains(value: Any, marker: str) -> bool:
    if isinstance(value, dict):
        return any(_contains(item, marker) for item in value.values())
    if isinstance(value, list):
        return any(_contains(item, marker) for item in value)
    return bool(value == marker)
