"""Tables as DynamoDB keeps them."""

from __future__ import annotations

from typing import Any

from moto.backends import get_backend
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from simcloud.patches import around

_KEPT = ("OnDemandThroughput", "TableClass")


@around(Table)
def describe(original: Any, self: Any, base_key: str = "TableDescription") -> dict[str, Any]:
    """AWS: tells class, ceilings, replicas, and keys by ARN; moto: not."""
    found: dict[str, Any] = original(self, base_key)
    table, kept = found[base_key], vars(self).get("kept", {})
    if kept.get("TableClass"):
        table["TableClassSummary"] = {"TableClass": kept["TableClass"]}
    if kept.get("OnDemandThroughput"):
        table["OnDemandThroughput"] = kept["OnDemandThroughput"]
    if vars(self).get("replicas"):
        table["Replicas"] = list(self.replicas.values())
    for index, held in zip(self.global_indexes, table["GlobalSecondaryIndexes"], strict=True):
        held["IndexArn"] = f"{self.table_arn}/index/{index.name}"
        if vars(index).get("ceiling"):
            held["OnDemandThroughput"] = index.ceiling
    if "SSEDescription" in table:
        table["SSEDescription"]["KMSMasterKeyArn"] = _key_arn(
            self, table["SSEDescription"]["KMSMasterKeyArn"]
        )
    return found


@around(DynamoHandler)
def create_table(original: Any, self: Any) -> Any:
    """AWS: keeps class and ceilings, and encrypts with its own key if told no other; moto: drops them."""
    given = self.body.get("SSESpecification")
    if given is not None and given.get("Enabled"):
        given.setdefault("KMSMasterKeyId", "alias/aws/dynamodb")
    original(self)
    _keep(self.dynamodb_backend.get_table(self.body["TableName"]), self.body)
    return _described(self)


@around(DynamoHandler)
def update_table(original: Any, self: Any) -> Any:
    """AWS: changes class, ceilings, encryption and replicas too; moto: drops them."""
    table, body = self.dynamodb_backend.get_table(self.body["TableName"]), self.body
    original(self)
    _keep(table, body)
    if "SSESpecification" in body:
        given = body["SSESpecification"]
        table.sse_specification = (
            {"KMSMasterKeyId": "alias/aws/dynamodb", **given} if given.get("Enabled") else None
        )
    replicas = vars(table).setdefault("replicas", {})
    for change in body.get("ReplicaUpdates", ()):
        for action, given in change.items():
            if action == "Delete":
                replicas.pop(given["RegionName"], None)
            else:
                held = replicas.get(given["RegionName"], {})
                replicas[given["RegionName"]] = {**held, **given, "ReplicaStatus": "ACTIVE"}
    if body.get("BillingMode") == "PAY_PER_REQUEST":
        for held in (table, *table.global_indexes):
            held.throughput = {**held.throughput, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    return _described(self)


@around(DynamoDBBackend)
def update_table_streams(original: Any, self: Any, table: Any, stream_specification: dict[str, Any]) -> None:
    """AWS: a stream that was switched off can be switched on again, as a new one; moto: cannot."""
    if not (table.stream_specification or {}).get("StreamEnabled"):
        table.latest_stream_label = None
    original(self, table, stream_specification)


def _described(self: Any) -> Any:
    return DynamoResult(self.dynamodb_backend.get_table(self.body["TableName"]).describe())


def _keep(table: Any, body: dict[str, Any]) -> None:
    kept = vars(table).setdefault("kept", {})
    kept |= {name: body[name] for name in _KEPT if name in body}
    changes = [item for update in body.get("GlobalSecondaryIndexUpdates", ()) for item in update.values()]
    ceilings = {
        item["IndexName"]: item["OnDemandThroughput"]
        for item in (*(body.get("GlobalSecondaryIndexes") or ()), *changes)
        if "OnDemandThroughput" in item
    }
    for index in table.global_indexes:
        if index.name in ceilings:
            vars(index)["ceiling"] = ceilings[index.name]


def _key_arn(table: Any, key: str) -> str:
    kms: Any = get_backend("kms")[table.account_id][table.region_name]
    return str(kms.describe_key(key).arn)
