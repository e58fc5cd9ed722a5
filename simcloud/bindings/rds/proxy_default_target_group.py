from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_DEFAULTS = {
    "connectionBorrowTimeout": 120,
    "initQuery": "",
    "maxConnectionsPercent": 100,
    "maxIdleConnectionsPercent": 50,
    "sessionPinningFilters": [],
}


class ProxyDefaultTargetGroup(Binding):
    """How a proxy pools its connections. AWS makes it with the proxy, and it goes with the proxy."""

    token = "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup"
    service = "rds"
    operation = "modify_db_proxy_target_group"
    parameters = {"DBProxyName": "dbProxyName"}
    replaces = frozenset({"dbProxyName"})
    references = (Reference("dbProxyName", "db_proxy"),)

    def request(self, ctx: Context, new: Props) -> Params:
        config = new.get("connectionPoolConfig", {})
        if isinstance(config, Mapping):
            config = _words.to_api({**_DEFAULTS, **config}, {})
        return {
            "DBProxyName": new["dbProxyName"],
            "TargetGroupName": "default",
            "ConnectionPoolConfig": config,
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["dbProxyName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("rds").modify_db_proxy_target_group(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("rds").describe_db_proxy_target_groups(DBProxyName=identity)["TargetGroups"][0]
        return {
            "arn": found["TargetGroupArn"],
            "name": found["TargetGroupName"],
            "dbProxyName": found["DBProxyName"],
            "connectionPoolConfig": {**_DEFAULTS, **_words.from_api(found["ConnectionPoolConfig"], {})},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        return

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: ConnectionPoolConfiguration, RDS API Reference; per reference notes, not verified against AWS.
        config = new.get("connectionPoolConfig")
        if not isinstance(config, Mapping):
            return
        for position, name in enumerate(config.get("sessionPinningFilters") or ()):
            if isinstance(name, str) and name != "EXCLUDE_VARIABLE_SETS":
                yield Refusal(
                    "InvalidParameterValue",
                    f"value {name!r} is not one of: EXCLUDE_VARIABLE_SETS.",
                    f"connectionPoolConfig.sessionPinningFilters[{position}]",
                )
        most, idle = config.get("maxConnectionsPercent", 100), config.get("maxIdleConnectionsPercent", 50)
        limits = {
            "maxConnectionsPercent": (1, 100),
            "maxIdleConnectionsPercent": (0, most if isinstance(most, int) else 100),
            "connectionBorrowTimeout": (0, 300),
        }
        given = {"maxConnectionsPercent": most, "maxIdleConnectionsPercent": idle, **config}
        for name, (low, high) in limits.items():
            value = given.get(name)
            if name in config and isinstance(value, int) and not low <= value <= high:
                yield Refusal(
                    "InvalidParameterValue",
                    f"{name} is {value}, must be {low} to {high}.",
                    f"connectionPoolConfig.{name}",
                )
