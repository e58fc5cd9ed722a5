"""The schema of a resource type: read once from the provider's package, then kept in the user's cache.

Loading the package costs seconds; its schema never changes for a version.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from simcloud.property_types import ObjectFields, PropertyType, dumped, loaded
from simcloud.refusal import Refusal
from simcloud.schema_problems import object_problems
from simcloud.values import Value

_FORMAT = 2


@dataclass(frozen=True)
class Schema:
    """The properties of one resource type under their wire (camelCase) names."""

    token: str
    arguments: ObjectFields
    objects: Mapping[str, ObjectFields]
    outputs: frozenset[str]
    always: frozenset[str]
    """Outputs that always have a value: the cloud computes them when they are not given."""

    @property
    def inputs(self) -> Mapping[str, PropertyType]:
        """What can be given."""
        return self.arguments.fields

    @property
    def required(self) -> frozenset[str]:
        """What must be given."""
        return self.arguments.required

    @property
    def computed(self) -> frozenset[str]:
        """Outputs that cannot be given."""
        return self.outputs - self.inputs.keys()

    def problems(self, props: Mapping[str, Value]) -> Iterator[Refusal]:
        """Unknown, missing and mistyped properties, nested ones included."""
        return object_problems(self.arguments, self.objects, props)


# The provider's package loads its modules on demand, which two threads cannot do at once.
_loading = threading.RLock()


def schema_of(token: str) -> Schema:
    """The schema of `token` (such as `aws:ec2/vpc:Vpc`). Raises KeyError if the provider has no such type."""
    with _loading:
        return _schema_of(token)


@cache
def _schema_of(token: str) -> Schema:
    file = _file(token)
    try:
        return _from_document(token, json.loads(file.read_text()))
    except (OSError, ValueError, KeyError):
        schema = _from_package(token)
        _keep(file, schema)
        return schema


def document_of(schema: Schema) -> dict[str, Any]:
    """As JSON."""
    return {
        "arguments": _object_document(schema.arguments),
        "objects": {name: _object_document(fields) for name, fields in schema.objects.items()},
        "outputs": sorted(schema.outputs),
        "always": sorted(schema.always),
    }


def read_from_package(token: str) -> Schema:
    """The schema out of the provider's own classes, in this process. Raises KeyError if there is no such type."""
    # Only here, because importing the package is what the cache saves.
    from simcloud.schema_source import SchemaSource

    source = SchemaSource(token)
    return Schema(token, source.inputs, source.objects, source.outputs, source.always)


def _from_package(token: str) -> Schema:
    return _from_process(token) if token.startswith("cloudflare:") else read_from_package(token)


def _from_process(token: str) -> Schema:
    """Cloudflare's package loads whole, in seconds and 300 MB: a process of its own reads all types at once."""
    from simcloud.schema_process import documents

    read = {name: _from_document(name, document) for name, document in documents(token).items()}
    for name, schema in read.items():
        _keep(_file(name), schema)
    return read[token]


def _file(token: str) -> Path:
    package, path, _ = token.split(":")
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = path.replace("/", "-")
    return cached / "plinth" / "schemas" / f"{_FORMAT}-{package}-{_version(package)}" / f"{name}.json"


@cache
def _version(package: str) -> str:
    return version(f"pulumi-{package}")


def _keep(file: Path, schema: Schema) -> None:
    """Write the file in one step; a cache that cannot be written is no reason to fail."""
    document = document_of(schema)
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(document, separators=(",", ":")))
        fresh.replace(file)
    except OSError:
        return


def _object_document(fields: ObjectFields) -> dict[str, Any]:
    return {
        "fields": {name: dumped(expected) for name, expected in fields.fields.items()},
        "required": sorted(fields.required),
    }


def _from_document(token: str, document: Mapping[str, Any]) -> Schema:
    return Schema(
        token,
        _object_fields(document["arguments"]),
        {name: _object_fields(fields) for name, fields in document["objects"].items()},
        frozenset(document["outputs"]),
        frozenset(document["always"]),
    )


def _object_fields(document: Mapping[str, Any]) -> ObjectFields:
    fields = {name: loaded(expected) for name, expected in document["fields"].items()}
    return ObjectFields(fields, frozenset(document["required"]))
