"""What the parts of an API have in common: they are imported as `<api>/<part>`, and changed by sending what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Params
from simcloud.context import Context
from simcloud.values import Props, Value


def api_of(identity: str) -> Props:
    """The API in what an import says."""
    api, slash, _ = identity.partition("/")
    return {"apiId": api} if slash else {}


def part_of(identity: str) -> str:
    """The part's own id."""
    return identity.partition("/")[2] or identity


def changes(before: Params, after: Params, nothing: Mapping[str, Value]) -> Params:
    """What an update must say: what differs, and for what is gone that it is empty."""
    gone = {name: empty for name, empty in nothing.items() if name in before.keys() - after.keys()}
    return {**gone, **{name: value for name, value in after.items() if before.get(name) != value}}


def protocol(ctx: Context, api_id: Value) -> str | None:
    """HTTP or WEBSOCKET, if the API exists already."""
    if not isinstance(api_id, str):
        return None
    try:
        found: dict[str, Any] = ctx.client("apigatewayv2").get_api(ApiId=api_id)
    except ClientError:
        return None
    return str(found["ProtocolType"])
