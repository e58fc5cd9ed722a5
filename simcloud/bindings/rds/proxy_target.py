from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ProxyTarget(Binding):
    """A database behind a proxy. The id is `proxy/group/kind/database`."""

    token = "aws:rds/proxyTarget:ProxyTarget"
    service = "rds"
    faults = {"DBProxyTargetAlreadyRegisteredFault": "dbInstanceIdentifier"}
    operation = "register_db_proxy_targets"
    parameters = {"DBProxyName": "dbProxyName", "TargetGroupName": "targetGroupName"}
    replaces = frozenset({"dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"})
    references = (Reference("dbProxyName", "db_proxy"), Reference("dbInstanceIdentifier", "db_instance"))

    def request(self, ctx: Context, new: Props) -> Params:
        cluster = "dbClusterIdentifier" in new
        kind = "DBClusterIdentifiers" if cluster else "DBInstanceIdentifiers"
        database = new.get("dbClusterIdentifier" if cluster else "dbInstanceIdentifier", "none")
        return {
            "DBProxyName": new["dbProxyName"],
            "TargetGroupName": new["targetGroupName"],
            kind: [database],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        target = response["DBProxyTargets"][0]
        return "/".join((new["dbProxyName"], new["targetGroupName"], target["Type"], target["RdsResourceId"]))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        proxy, group, kind, database = identity.split("/", 3)
        targets = ctx.client("rds").describe_db_proxy_targets(DBProxyName=proxy, TargetGroupName=group)[
            "Targets"
        ]
        found = next(
            (one for one in targets if (one["Type"], one["RdsResourceId"]) == (kind, database)), None
        )
        if found is None:
            return None
        return {
            "dbProxyName": proxy,
            "targetGroupName": group,
            "dbInstanceIdentifier" if kind == "RDS_INSTANCE" else "dbClusterIdentifier": database,
            "type": kind,
            "rdsResourceId": database,
            "endpoint": found.get("Endpoint", ""),
            "port": found["Port"],
            "targetArn": found.get("TargetArn", ""),
            "trackedClusterId": found.get("TrackedClusterId", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").deregister_db_proxy_targets(**self.request(ctx, old))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        group = new["targetGroupName"]
        if isinstance(group, str) and group != "default":
            text = f"The target group {group} does not exist: a proxy has only default."
            yield Refusal("DBProxyTargetGroupNotFoundFault", text, "targetGroupName")
        if ("dbClusterIdentifier" in new) == ("dbInstanceIdentifier" in new):
            yield Refusal(
                "InvalidParameterCombination",
                "exactly one of dbInstanceIdentifier and dbClusterIdentifier is needed.",
                "dbInstanceIdentifier",
            )
