"""Keys and indexes of a table, in the words of the API and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.values import Props, Unknown, Value, without_none

_CEILING = {"maxReadRequestUnits": "MaxReadRequestUnits", "maxWriteRequestUnits": "MaxWriteRequestUnits"}
_WARM = {"readUnitsPerSecond": "ReadUnitsPerSecond", "writeUnitsPerSecond": "WriteUnitsPerSecond"}


def key_schema(hash_key: Value, range_key: Value) -> list[Params]:
    """A partition key and perhaps a sort key."""
    keys = [(hash_key, "HASH"), (range_key, "RANGE")]
    return [{"AttributeName": name, "KeyType": kind} for name, kind in keys if name is not None]


def throughput(holder: Mapping[str, Value]) -> Params:
    """Provisioned capacity."""
    return {
        "ReadCapacityUnits": holder.get("readCapacity"),
        "WriteCapacityUnits": holder.get("writeCapacity"),
    }


def ceiling(given: Value) -> Value:
    """The most that requests may use on demand."""
    return _renamed(given, _CEILING)


def warm(given: Value) -> Value:
    """What the table can take at once."""
    return _renamed(given, _WARM)


def _renamed(given: Value, names: Mapping[str, str]) -> Value:
    if given is None or isinstance(given, Unknown):
        return given
    return {api: given[name] for name, api in names.items() if given.get(name) is not None} or None


def local(given: Value, hash_key: Value) -> Value:
    """The API's local indexes: they share the table's partition key."""
    if not isinstance(given, list):
        return given
    return [
        {
            "IndexName": index["name"],
            "KeySchema": key_schema(hash_key, index["rangeKey"]),
            "Projection": _projection(index),
        }
        for index in given
    ] or None


def all_global(given: Value, provisioned: bool) -> Value:
    """The API's global indexes."""
    if not isinstance(given, list):
        return given
    return [one_global(index, provisioned) for index in given if isinstance(index, dict)] or None


def one_global(index: Mapping[str, Value], provisioned: bool) -> Params:
    """One global index."""
    return without_none(
        {
            "IndexName": index["name"],
            "KeySchema": _keys(index),
            "Projection": _projection(index),
            "ProvisionedThroughput": throughput(index) if provisioned else None,
            "OnDemandThroughput": ceiling(index.get("onDemandThroughput")),
            "WarmThroughput": warm(index.get("warmThroughput")),
        }
    )


def _keys(index: Mapping[str, Value]) -> Value:
    listed = index.get("keySchemas")
    if listed:
        return [{"AttributeName": key["attributeName"], "KeyType": key["keyType"]} for key in listed]
    return key_schema(index.get("hashKey"), index.get("rangeKey"))


def _projection(index: Mapping[str, Value]) -> Params:
    return without_none(
        {"ProjectionType": index["projectionType"], "NonKeyAttributes": index.get("nonKeyAttributes")}
    )


def found_global(index: Mapping[str, Any]) -> Props:
    """A global index as the provider tells it."""
    keys: dict[str, list[str]] = {"HASH": [], "RANGE": []}
    for key in index["KeySchema"]:
        keys[key["KeyType"]].append(key["AttributeName"])
    capacity, limit = index.get("ProvisionedThroughput") or {}, index.get("OnDemandThroughput") or {}
    single = len(keys["HASH"]) == 1 and len(keys["RANGE"]) <= 1
    listed = [
        {"attributeName": key["AttributeName"], "keyType": key["KeyType"]} for key in index["KeySchema"]
    ]
    return without_none(
        {
            "name": index["IndexName"],
            "hashKey": keys["HASH"][0] if single else None,
            "rangeKey": next(iter(keys["RANGE"]), None) if single else None,
            "keySchemas": listed,
            "projectionType": index["Projection"]["ProjectionType"],
            "nonKeyAttributes": index["Projection"].get("NonKeyAttributes"),
            "readCapacity": capacity.get("ReadCapacityUnits", 0),
            "writeCapacity": capacity.get("WriteCapacityUnits", 0),
            "onDemandThroughput": {name: limit[api] for name, api in _CEILING.items() if api in limit}
            or None,
            "warmThroughput": found_warm(index.get("WarmThroughput")),
        }
    )


def found_local(index: Mapping[str, Any]) -> Props:
    """A local index as the provider tells it."""
    return without_none(
        {
            "name": index["IndexName"],
            "rangeKey": next(key["AttributeName"] for key in index["KeySchema"] if key["KeyType"] == "RANGE"),
            "projectionType": index["Projection"]["ProjectionType"],
            "nonKeyAttributes": index["Projection"].get("NonKeyAttributes"),
        }
    )


def found_warm(found: Mapping[str, Any] | None) -> Props | None:
    """What the table can take at once, as the provider tells it."""
    return {name: found[api] for name, api in _WARM.items() if api in found} if found else None


def found_ceiling(found: Mapping[str, Any] | None) -> Props | None:
    """The most that requests may use, as the provider tells it."""
    return {name: found[api] for name, api in _CEILING.items() if api in found} if found else None
