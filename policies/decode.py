"""From the engine's wire format to plain data: unknowns and secrets as themselves, whole numbers as int."""

from google.protobuf.struct_pb2 import Struct, Value

from policies.view import ABSENT, UNKNOWN, Secret

# An unknown is one of these strings, one per type: pulumi sdk/go/common/resource/plugin/rpc.go.
_UNKNOWNS = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
# Keys and signatures of special values: pulumi sdk/go/common/resource/properties.go.
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"


def properties(struct: Struct) -> dict[str, object]:
    return {key: _plain(value) for key, value in struct.fields.items()}


def _plain(value: Value) -> object:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in _UNKNOWNS else value.string_value
    if kind == "number_value":
        return int(value.number_value) if value.number_value.is_integer() else value.number_value
    if kind == "list_value":
        return [_plain(item) for item in value.list_value.values]
    if kind == "struct_value":
        return _object(value.struct_value)
    return value.bool_value if kind == "bool_value" else ABSENT


def _object(struct: Struct) -> object:
    signature = struct.fields[_SIGNATURE].string_value if _SIGNATURE in struct.fields else ""
    if signature == _SECRET:
        return Secret(_plain(struct.fields["value"]))
    return properties(struct)
