from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class TableItem(Binding):
    """One item of a table, whole. The id is `table|hash key|its value`, and the same of the range key."""

    token = "aws:dynamodb/tableItem:TableItem"
    service = "dynamodb"
    operation = "put_item"
    parameters = {"TableName": "tableName", "Item": "item"}
    replaces = frozenset({"hashKey", "rangeKey", "tableName"})
    references = (Reference("tableName", "dynamodb_table"),)

    def request(self, ctx: Context, new: Props) -> Params:
        item = _parsed(new["item"])
        return {"TableName": new["tableName"], "Item": new["item"] if item is None else item}

    def create(self, ctx: Context, new: Props) -> str:
        self._put(ctx, new, ConditionExpression="attribute_not_exists(#key)")
        key = _key(new)
        return "|".join([new["tableName"], *(f"{name}|{_text(value)}" for name, value in key.items())])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        if _key(new) != _key(old):
            self.delete(ctx, identity, old)
        ctx.client("dynamodb").put_item(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        where = {"TableName": given["tableName"], "Key": _key(given), "ConsistentRead": True}
        found = ctx.client("dynamodb").get_item(**where).get("Item")
        if found is None:
            return None
        hash_value, *rest = map(_text, _key(given).values())
        return {
            "hashKey": given["hashKey"],
            "hashKeyValue": hash_value,
            "item": json.dumps(found, separators=(",", ":"), sort_keys=True),
            "rangeKey": given.get("rangeKey"),
            "rangeKeyValue": rest[0] if rest else "",
            "tableName": given["tableName"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("dynamodb").delete_item(TableName=old["tableName"], Key=_key(old))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        text = new["item"]
        item = _parsed(text)
        if isinstance(text, str) and item is None:
            yield Refusal("ValidationException", "the item must be a JSON object of typed values.", "item")
        for name in ("hashKey", "rangeKey"):
            if item is not None and isinstance(new.get(name), str) and new[name] not in item:
                yield Refusal("ValidationException", f"the item lacks the key {new[name]!r}.", "item")

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        table = ctx.client("dynamodb").describe_table(TableName=new["tableName"])["Table"]
        keys = {key["AttributeName"] for key in table["KeySchema"]}
        if keys != set(_key(new)):
            yield Refusal(
                "ValidationException",
                f"The provided key element does not match the schema: the keys are {', '.join(sorted(keys))}.",
                "hashKey",
            )

    def _put(self, ctx: Context, new: Props, **condition: Any) -> None:
        names = {"ExpressionAttributeNames": {"#key": new["hashKey"]}}
        ctx.client("dynamodb").put_item(**self.request(ctx, new), **names, **condition)


def _parsed(text: Any) -> dict[str, Any] | None:
    try:
        item = json.loads(text)
    except (TypeError, ValueError):
        return None
    return item if isinstance(item, dict) else None


def _key(props: Props) -> dict[str, Any]:
    item, names = json.loads(props["item"]), [props["hashKey"], props.get("rangeKey")]
    return {name: item[name] for name in names if name}


def _text(value: dict[str, Any]) -> str:
    return str(next(iter(value.values())))
