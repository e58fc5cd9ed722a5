from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds._features import OF_CLUSTERS, feature_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class ClusterRoleAssociation(Binding):
    """A role that a cluster takes up for a feature. The id is `cluster,role`."""

    token = "aws:rds/clusterRoleAssociation:ClusterRoleAssociation"
    service = "rds"
    operation = "add_role_to_db_cluster"
    parameters = {"DBClusterIdentifier": "dbClusterIdentifier"}
    replaces = frozenset({"dbClusterIdentifier", "featureName", "roleArn"})
    references = (Reference("dbClusterIdentifier", "db_cluster"), Reference("roleArn", "role"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "DBClusterIdentifier": new["dbClusterIdentifier"],
                "RoleArn": new["roleArn"],
                "FeatureName": new.get("featureName"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['dbClusterIdentifier']},{new['roleArn']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        cluster, role = identity.split(",")
        found = ctx.client("rds").describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"][0]
        association = next((one for one in found.get("AssociatedRoles", ()) if one["RoleArn"] == role), None)
        if association is None:
            return None
        feature = association.get("FeatureName") or None
        return {"dbClusterIdentifier": cluster, "roleArn": role, "featureName": feature}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").remove_role_from_db_cluster(**self.request(ctx, old))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return feature_problems(new.get("featureName"), OF_CLUSTERS)
