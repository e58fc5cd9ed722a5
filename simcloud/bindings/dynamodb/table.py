from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.dynamodb import _indexes, _table_changes, _table_rules
from simcloud.bindings.dynamodb._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none


class Table(Binding):
    """A table with its keys and indexes."""

    token = "aws:dynamodb/table:Table"
    service = "dynamodb"
    operation = "create_table"
    parameters = {
        "TableName": "name",
        "AttributeDefinitions": "attributes",
        "GlobalSecondaryIndexes": "globalSecondaryIndexes",
        "ProvisionedThroughput.ReadCapacityUnits": "readCapacity",
        "ProvisionedThroughput.WriteCapacityUnits": "writeCapacity",
        "StreamSpecification.StreamViewType": "streamViewType",
    }
    replaces = frozenset({"name", "hashKey", "rangeKey", "localSecondaryIndexes", "importTable"})
    defaults = {"billingMode": "PROVISIONED"}
    autoname = AutoName(limit=255)
    tagging = TAGS
    references = (Reference("serverSideEncryption.kmsKeyArn", "kms_key"),)
    faults = {"ResourceInUseException": "name"}
    protected_by = "deletionProtectionEnabled"

    def request(self, ctx: Context, new: Props) -> Params:
        provisioned = new["billingMode"] == "PROVISIONED"
        stream = {"StreamEnabled": True, "StreamViewType": new.get("streamViewType")}
        hash_key = new.get("hashKey")
        return without_none(
            {
                "TableName": new["name"],
                "AttributeDefinitions": _attributes(new.get("attributes")),
                "KeySchema": _indexes.key_schema(hash_key, new.get("rangeKey")),
                "BillingMode": new["billingMode"],
                "ProvisionedThroughput": _indexes.throughput(new) if provisioned else None,
                "OnDemandThroughput": _indexes.ceiling(new.get("onDemandThroughput")),
                "WarmThroughput": _indexes.warm(new.get("warmThroughput")),
                "GlobalSecondaryIndexes": _indexes.all_global(new.get("globalSecondaryIndexes"), provisioned),
                "LocalSecondaryIndexes": _indexes.local(new.get("localSecondaryIndexes"), hash_key),
                "StreamSpecification": without_none(stream) if new.get("streamEnabled") is True else None,
                "SSESpecification": _encryption(new.get("serverSideEncryption")),
                "TableClass": new.get("tableClass"),
                "DeletionProtectionEnabled": new.get("deletionProtectionEnabled"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        dynamo = ctx.client("dynamodb")
        before = old or {**new, "replicas": None}
        for change in _table_changes.requests(new, before):
            dynamo.update_table(TableName=identity, **change)
        if new.get("ttl") != old.get("ttl"):
            _expire(dynamo, identity, new.get("ttl") or {}, old.get("ttl") or {})
        if new.get("pointInTimeRecovery") != old.get("pointInTimeRecovery"):
            recovery = new.get("pointInTimeRecovery") or {"enabled": False}
            dynamo.update_continuous_backups(
                TableName=identity,
                PointInTimeRecoverySpecification=without_none(
                    {
                        "PointInTimeRecoveryEnabled": recovery["enabled"],
                        "RecoveryPeriodInDays": recovery.get("recoveryPeriodInDays"),
                    }
                ),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        dynamo = ctx.client("dynamodb")
        found = dynamo.describe_table(TableName=identity)["Table"]
        keys = {key["KeyType"]: key["AttributeName"] for key in found["KeySchema"]}
        stream = found.get("StreamSpecification") or {}
        capacity = found.get("ProvisionedThroughput") or {}
        return {
            "arn": found["TableArn"],
            "name": found["TableName"],
            "hashKey": keys["HASH"],
            "rangeKey": keys.get("RANGE"),
            "attributes": [
                {"name": item["AttributeName"], "type": item["AttributeType"]}
                for item in found["AttributeDefinitions"]
            ],
            "billingMode": (found.get("BillingModeSummary") or {}).get("BillingMode", "PROVISIONED"),
            "readCapacity": capacity.get("ReadCapacityUnits", 0),
            "writeCapacity": capacity.get("WriteCapacityUnits", 0),
            "onDemandThroughput": _indexes.found_ceiling(found.get("OnDemandThroughput")),
            "warmThroughput": _indexes.found_warm(found.get("WarmThroughput")),
            "globalSecondaryIndexes": [
                _indexes.found_global(index) for index in found.get("GlobalSecondaryIndexes") or ()
            ],
            "localSecondaryIndexes": [
                _indexes.found_local(index) for index in found.get("LocalSecondaryIndexes") or ()
            ]
            or None,
            "streamEnabled": bool(stream.get("StreamEnabled")),
            "streamViewType": stream.get("StreamViewType", ""),
            "streamArn": found.get("LatestStreamArn", ""),
            "streamLabel": found.get("LatestStreamLabel", ""),
            "serverSideEncryption": _encryption_found(found.get("SSEDescription")),
            "tableClass": (found.get("TableClassSummary") or {}).get("TableClass", "STANDARD"),
            "deletionProtectionEnabled": bool(found.get("DeletionProtectionEnabled")),
            "replicas": [_replica(item, given) for item in found.get("Replicas") or ()] or None,
            "ttl": _expiry(dynamo.describe_time_to_live(TableName=identity)["TimeToLiveDescription"], given),
            "pointInTimeRecovery": _recovery(dynamo.describe_continuous_backups(TableName=identity)),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("dynamodb").delete_table(TableName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _table_rules.problems(ctx, new)


def _attributes(given: Value) -> Value:
    if not isinstance(given, list):
        return given or []
    return [
        {"AttributeName": item["name"], "AttributeType": item["type"]}
        for item in given
        if isinstance(item, dict)
    ]


def _encryption(given: Value) -> Value:
    if not isinstance(given, dict):
        return given
    return _table_changes.encryption(given) if given.get("enabled") is True else None


def _encryption_found(found: Mapping[str, Any] | None) -> Props:
    if not found or found["Status"] != "ENABLED":
        return {"enabled": False}
    return {"enabled": True, "kmsKeyArn": found["KMSMasterKeyArn"]}


def _expire(dynamo: Any, identity: str, new: Props, old: Props) -> None:
    name = new.get("attributeName") or old.get("attributeName")
    if name:
        dynamo.update_time_to_live(
            TableName=identity,
            TimeToLiveSpecification={"Enabled": bool(new.get("enabled")), "AttributeName": name},
        )


def _expiry(found: Mapping[str, Any], given: Props) -> Props:
    enabled = found["TimeToLiveStatus"] == "ENABLED"
    name = found.get("AttributeName") if enabled else (given.get("ttl") or {}).get("attributeName")
    return {"enabled": enabled, **({"attributeName": name} if name else {})}


def _recovery(answer: Mapping[str, Any]) -> Props:
    found = answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    enabled = found["PointInTimeRecoveryStatus"] == "ENABLED"
    days = found.get("RecoveryPeriodInDays", 35)
    return {"enabled": enabled, **({"recoveryPeriodInDays": days} if enabled else {})}


def _replica(found: Mapping[str, Any], given: Props) -> Props:
    """With what moto does not keep of a replica, as it was given."""
    held = {replica["regionName"]: replica for replica in given.get("replicas") or ()}
    return {**held.get(found["RegionName"], {}), "regionName": found["RegionName"]}
