"""From the provider's words to an API's and back: the first letter's case differs, the rest by exception."""

from __future__ import annotations

from collections.abc import Mapping

from simcloud.values import Value

Words = Mapping[str, str]


def to_api(value: Value, exceptions: Words) -> Value:
    """`value` with every key as the API has it: `storageClass` is `StorageClass`, unless it is among `exceptions`."""
    if isinstance(value, Mapping):
        return {
            exceptions.get(key, key[:1].upper() + key[1:]): to_api(item, exceptions)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [to_api(item, exceptions) for item in value]
    return value


def from_api(value: Value, exceptions: Words) -> Value:
    """The way back of `to_api`."""
    back = {there: here for here, there in exceptions.items()}
    return _lowered(value, back)


def _lowered(value: Value, back: Words) -> Value:
    if isinstance(value, Mapping):
        return {
            back.get(key, key[:1].lower() + key[1:]): _lowered(item, back)
            for key, item in value.items()
            if item is not None
        }
    if isinstance(value, list):
        return [_lowered(item, back) for item in value]
    return value
