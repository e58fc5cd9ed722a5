"""From one state of a table to another: AWS takes one kind of change at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.binding import Params
from simcloud.bindings.dynamodb import _indexes
from simcloud.values import Props, without_none

_CAPACITY = ("billingMode", "readCapacity", "writeCapacity", "onDemandThroughput")


def requests(new: Props, old: Props) -> Iterator[Params]:
    """The parameters of every UpdateTable that is needed, the table's name left out."""
    provisioned = new["billingMode"] == "PROVISIONED"
    if any(new.get(name) != old.get(name) for name in _CAPACITY):
        ceiling = _indexes.ceiling(new.get("onDemandThroughput"))
        yield without_none(
            {
                "BillingMode": new["billingMode"],
                "ProvisionedThroughput": _indexes.throughput(new) if provisioned else None,
                "OnDemandThroughput": None if provisioned else ceiling,
            }
        )
    if _stream(new) != _stream(old):
        if _stream(old)["StreamEnabled"]:
            yield {"StreamSpecification": {"StreamEnabled": False}}
        if _stream(new)["StreamEnabled"]:
            yield {"StreamSpecification": _stream(new)}
    yield from _plain(new, old)
    yield from _of_indexes(new, old, provisioned)
    yield from _of_replicas(new, old)


def _plain(new: Props, old: Props) -> Iterator[Params]:
    if new.get("serverSideEncryption") != old.get("serverSideEncryption"):
        yield {"SSESpecification": encryption(new.get("serverSideEncryption"))}
    if new.get("tableClass") != old.get("tableClass"):
        yield {"TableClass": new.get("tableClass") or "STANDARD"}
    if bool(new.get("deletionProtectionEnabled")) != bool(old.get("deletionProtectionEnabled")):
        yield {"DeletionProtectionEnabled": bool(new.get("deletionProtectionEnabled"))}
    if new.get("warmThroughput") is not None and new.get("warmThroughput") != old.get("warmThroughput"):
        yield {"WarmThroughput": _indexes.warm(new["warmThroughput"])}


def _of_indexes(new: Props, old: Props, provisioned: bool) -> Iterator[Params]:
    before = {index["name"]: index for index in old.get("globalSecondaryIndexes") or ()}
    after = {index["name"]: index for index in new.get("globalSecondaryIndexes") or ()}
    remade = {name for name in before.keys() & after.keys() if _shape(before[name]) != _shape(after[name])}
    for name in sorted(before.keys() - after.keys() | remade):
        yield _index_change({"Delete": {"IndexName": name}}, new)
    for name in sorted(after.keys() - before.keys() | remade):
        yield _index_change({"Create": _indexes.one_global(after[name], provisioned)}, new)
    for name in sorted(before.keys() & after.keys() - remade):
        if before[name] != after[name]:
            said = _indexes.one_global(after[name], provisioned)
            kept = {key: value for key, value in said.items() if key not in ("KeySchema", "Projection")}
            yield _index_change({"Update": kept}, new)


def _index_change(change: Params, new: Props) -> Params:
    return {"AttributeDefinitions": attributes(new), "GlobalSecondaryIndexUpdates": [change]}


def _shape(index: Props) -> list[Any]:
    names = ("hashKey", "rangeKey", "keySchemas", "projectionType", "nonKeyAttributes")
    return [index.get(name) for name in names]


def _of_replicas(new: Props, old: Props) -> Iterator[Params]:
    before = {replica["regionName"]: replica for replica in old.get("replicas") or ()}
    after = {replica["regionName"]: replica for replica in new.get("replicas") or ()}
    for region in sorted(before.keys() - after.keys()):
        yield {"ReplicaUpdates": [{"Delete": {"RegionName": region}}]}
    for region in sorted(after.keys() - before.keys()):
        key = after[region].get("kmsKeyArn")
        yield {"ReplicaUpdates": [{"Create": without_none({"RegionName": region, "KMSMasterKeyId": key})}]}


def _stream(props: Props) -> Params:
    if props.get("streamEnabled") is not True:
        return {"StreamEnabled": False}
    return {"StreamEnabled": True, "StreamViewType": props.get("streamViewType")}


def encryption(given: Any) -> Params:
    """The API's encryption settings."""
    if not isinstance(given, dict) or given.get("enabled") is not True:
        return {"Enabled": False}
    return without_none({"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": given.get("kmsKeyArn")})


def attributes(new: Props) -> list[Params]:
    """The API's attribute definitions."""
    return [
        {"AttributeName": item["name"], "AttributeType": item["type"]} for item in new.get("attributes") or ()
    ]
