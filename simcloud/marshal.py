"""Between the engine's protobuf structs and plain values."""

from __future__ import annotations

from typing import Any

from google.protobuf import struct_pb2

from simcloud.values import UNKNOWN, Props, Unknown, Value

# What the engine sends for a value that is not known yet, by type: sdk/go/common/resource/plugin/rpc.go.
_UNKNOWNS = {
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9": "any",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": "bool",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421": "number",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": "array",
    "030794c1-ac77-496b-92df-f27374a8bd58": "asset",
    "e48ece36-62e2-4504-bad9-02848725956a": "archive",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff": "object",
}
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def props_of(struct: struct_pb2.Struct) -> Props:
    """A message's properties."""
    return {key: _value_of(value) for key, value in struct.fields.items()}


def struct_of(props: Props) -> struct_pb2.Struct:
    """Properties as a message."""
    return struct_pb2.Struct(fields={key: _wire_value(value) for key, value in props.items()})


def _value_of(value: struct_pb2.Value) -> Value:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in _UNKNOWNS else value.string_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    if kind == "struct_value":
        return props_of(value.struct_value)
    if kind == "list_value":
        return [_value_of(item) for item in value.list_value.values]
    return None


def _wire_value(value: Any) -> struct_pb2.Value:
    if value is None:
        return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
    if isinstance(value, Unknown):
        return struct_pb2.Value(string_value=UNKNOWN_TEXT)
    if isinstance(value, bool):
        return struct_pb2.Value(bool_value=value)
    if isinstance(value, int | float):
        return struct_pb2.Value(number_value=value)
    if isinstance(value, dict):
        return struct_pb2.Value(struct_value=struct_of(value))
    if isinstance(value, list | tuple):
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[_wire_value(item) for item in value]))
    return struct_pb2.Value(string_value=str(value))
