from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds import _care_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_KINDS = ("READER", "ANY")


class ClusterEndpoint(Binding):
    """An endpoint in front of some of a cluster's instances."""

    token = "aws:rds/clusterEndpoint:ClusterEndpoint"
    service = "rds"
    operation = "create_db_cluster_endpoint"
    parameters = {
        "DBClusterEndpointIdentifier": "clusterEndpointIdentifier",
        "DBClusterIdentifier": "clusterIdentifier",
        "EndpointType": "customEndpointType",
    }
    replaces = frozenset({"clusterEndpointIdentifier", "clusterIdentifier"})
    tagging = tagging.RDS
    references = (
        Reference("clusterIdentifier", "db_cluster"),
        Reference("staticMembers[]", "db_instance"),
        Reference("excludedMembers[]", "db_instance"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            **_changeable(new),
            "DBClusterEndpointIdentifier": new["clusterEndpointIdentifier"],
            "DBClusterIdentifier": new["clusterIdentifier"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBClusterEndpointIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            members: Params = {"StaticMembers": [], "ExcludedMembers": []}
            ctx.client("rds").modify_db_cluster_endpoint(
                DBClusterEndpointIdentifier=identity, **{**members, **_changeable(new)}
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        listed = ctx.client("rds").describe_db_cluster_endpoints(DBClusterEndpointIdentifier=identity)
        found = next(iter(listed["DBClusterEndpoints"]), None)
        if found is None:
            return None
        return {
            "arn": found["DBClusterEndpointArn"],
            "clusterEndpointIdentifier": found["DBClusterEndpointIdentifier"],
            "clusterIdentifier": found["DBClusterIdentifier"],
            "customEndpointType": found["CustomEndpointType"],
            "endpoint": found["Endpoint"],
            "staticMembers": found.get("StaticMembers") or None,
            "excludedMembers": found.get("ExcludedMembers") or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_cluster_endpoint(DBClusterEndpointIdentifier=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _care_rules.identifier(new["clusterEndpointIdentifier"], "clusterEndpointIdentifier")
        kind = new["customEndpointType"]
        if isinstance(kind, str) and kind not in _KINDS:
            yield Refusal(
                "InvalidParameterValue", f"{kind!r} is not one of {', '.join(_KINDS)}.", "customEndpointType"
            )
        if new.get("staticMembers") and new.get("excludedMembers"):
            yield Refusal(
                "InvalidParameterCombination",
                "staticMembers and excludedMembers exclude each other.",
                "excludedMembers",
            )


def _changeable(new: Props) -> Params:
    return without_none(
        {
            "EndpointType": new["customEndpointType"],
            "StaticMembers": new.get("staticMembers"),
            "ExcludedMembers": new.get("excludedMembers"),
        }
    )
