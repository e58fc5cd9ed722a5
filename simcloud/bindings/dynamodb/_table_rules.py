"""What AWS, and the provider before it, refuse in a table.

AWS: CreateTable, DynamoDB API Reference, and «Quotas in Amazon DynamoDB»; from memory of AWS's documentation, not
verified.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, is_known

_CODE = "ValidationException"
_NAME = re.compile(r"[a-zA-Z0-9_.-]{3,255}")
_MOST_GLOBAL, _MOST_LOCAL, _MOST_PROJECTED = 20, 5, 100
_UNSUPPORTED = (
    "importTable", "restoreBackupArn", "restoreDateTime", "restoreSourceName", "restoreSourceTableArn",
    "restoreToLatestTime",
)  # fmt: skip


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Keys against attributes, billing against capacity, and the limits of indexes."""
    yield from _unsupported(new)
    if isinstance(new["name"], str) and not _NAME.fullmatch(new["name"]):
        yield Refusal(
            _CODE, f"the name {new['name']!r} may hold letters, digits and _ . -, 3 to 255.", "name"
        )
    yield from _keys(new)
    yield from _capacity(new)
    yield from _indexes(new)
    yield from _stream(new)
    yield from _replicas(ctx, new)
    ttl = new.get("ttl")
    if isinstance(ttl, dict) and ttl.get("enabled") is True and not ttl.get("attributeName"):
        yield Refusal(_CODE, "an enabled TTL needs an attributeName.", "ttl.attributeName")


def _unsupported(new: Props) -> Iterator[Refusal]:
    for name in _UNSUPPORTED:
        if new.get(name) is not None:
            yield Refusal("UnsupportedType", "the simulated cloud neither imports nor restores tables.", name)


def _keys(new: Props) -> Iterator[Refusal]:
    attributes, hash_key = new.get("attributes"), new.get("hashKey")
    if hash_key is None:
        yield Refusal(_CODE, "a table needs a hashKey.", "hashKey")
    if hash_key is not None and hash_key == new.get("rangeKey"):
        yield Refusal(_CODE, "Both the Hash Key and the Range Key element have the same name.", "rangeKey")
    if not is_known([attributes, hash_key, new.get("rangeKey"), _named(new)]):
        return
    defined = [item["name"] for item in attributes or ()]
    used = {name for name in (hash_key, new.get("rangeKey")) if name is not None}
    yield from (
        Refusal(_CODE, f"{name!r} is not among the attributes.", path)
        for path, name in (("hashKey", hash_key), ("rangeKey", new.get("rangeKey")))
        if name is not None and name not in defined
    )
    for path, names in _named(new).items():
        used |= set(names)
        for name in names:
            if name not in defined:
                yield Refusal(
                    _CODE, f"all indexes must match a defined attribute. Unmatched: {name!r}.", path
                )
    unused = [name for name in defined if name not in used]
    if unused:
        yield Refusal(_CODE, f"all attributes must be indexed. Unused attributes: {unused}.", "attributes")
    for name, count in Counter(defined).items():
        if count > 1:
            yield Refusal(_CODE, f"the attribute {name!r} is defined {count} times.", "attributes")


def _named(new: Props) -> dict[str, list[Value]]:
    """The key attributes of every index, by the index's path."""
    found: dict[str, list[Value]] = {}
    for kind in ("globalSecondaryIndexes", "localSecondaryIndexes"):
        for position, index in enumerate(_listed(new.get(kind))):
            names = [index.get("hashKey"), index.get("rangeKey")]
            names += [key.get("attributeName") for key in index.get("keySchemas") or ()]
            found[f"{kind}[{position}]"] = [name for name in names if name is not None]
    return found


def _listed(value: Value) -> list[Props]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _capacity(new: Props) -> Iterator[Refusal]:
    mode = new["billingMode"]
    holders = [("", new)]
    holders += [
        (f"globalSecondaryIndexes[{position}].", index)
        for position, index in enumerate(_listed(new.get("globalSecondaryIndexes")))
    ]
    for path, holder in holders:
        for name in ("readCapacity", "writeCapacity"):
            value = holder.get(name)
            if mode == "PROVISIONED" and (value is None or (isinstance(value, int) and value < 1)):
                yield Refusal(
                    _CODE, f"{name} must be at least 1 when billingMode is PROVISIONED.", f"{path}{name}"
                )
            if mode == "PAY_PER_REQUEST" and isinstance(value, int) and value > 0:
                yield Refusal(
                    _CODE, f"{name} cannot be specified when billingMode is PAY_PER_REQUEST.", f"{path}{name}"
                )
    if mode == "PROVISIONED" and new.get("onDemandThroughput") is not None:
        yield Refusal(_CODE, "onDemandThroughput goes with PAY_PER_REQUEST.", "onDemandThroughput")


def _indexes(new: Props) -> Iterator[Refusal]:
    for kind, most in (("globalSecondaryIndexes", _MOST_GLOBAL), ("localSecondaryIndexes", _MOST_LOCAL)):
        given = _listed(new.get(kind))
        if len(given) > most:
            yield Refusal(
                "LimitExceededException", f"{len(given)} indexes, at most {most} are allowed.", kind
            )
        for position, index in enumerate(given):
            yield from _projection(index, f"{kind}[{position}].nonKeyAttributes")
        names = [index.get("name") for index in given]
        if len(set(map(str, names))) < len(names):
            yield Refusal(_CODE, "Duplicate index name.", kind)
    if _listed(new.get("localSecondaryIndexes")) and new.get("rangeKey") is None:
        yield Refusal(
            _CODE, "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
            "localSecondaryIndexes",
        )  # fmt: skip
    for position, index in enumerate(_listed(new.get("globalSecondaryIndexes"))):
        if index.get("hashKey") is None and not index.get("keySchemas"):
            path = f"globalSecondaryIndexes[{position}].hashKey"
            yield Refusal(_CODE, "an index needs a hashKey or keySchemas.", path)


def _projection(index: Props, path: str) -> Iterator[Refusal]:
    projected = index.get("nonKeyAttributes")
    if index.get("projectionType") == "INCLUDE" and not projected:
        yield Refusal(_CODE, "ProjectionType is INCLUDE, but NonKeyAttributes is not specified.", path)
    if index.get("projectionType") in ("ALL", "KEYS_ONLY") and projected:
        yield Refusal(
            _CODE,
            f"ProjectionType is {index['projectionType']}, but NonKeyAttributes is specified.",
            path,
        )
    if isinstance(projected, list) and len(projected) > _MOST_PROJECTED:
        yield Refusal(_CODE, f"at most {_MOST_PROJECTED} attributes can be projected.", path)


def _stream(new: Props) -> Iterator[Refusal]:
    if new.get("streamEnabled") is True and new.get("streamViewType") is None:
        yield Refusal(_CODE, "streamViewType is required when streamEnabled is true.", "streamViewType")


def _replicas(ctx: Context, new: Props) -> Iterator[Refusal]:
    replicas = _listed(new.get("replicas"))
    for position, replica in enumerate(replicas):
        if replica.get("regionName") == ctx.region:
            yield Refusal(_CODE, "a replica lives in another region.", f"replicas[{position}].regionName")
    if replicas and new.get("streamEnabled") is not True and new["billingMode"] == "PROVISIONED":
        yield Refusal(
            _CODE, "replicas need a stream of NEW_AND_OLD_IMAGES, or PAY_PER_REQUEST.", "streamEnabled"
        )
