"""Roles that databases take up, as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import EmptyResult
from moto.rds.exceptions import DBClusterNotFoundError, RDSClientError
from moto.rds.models import AssociatedRole, RDSBackend
from moto.rds.responses import RDSResponse

from simcloud.patches import adds, around


@around(RDSBackend)
def add_role_to_db_cluster(
    original: Any, self: Any, db_cluster_identifier: str, role_arn: str, feature_name: str | None
) -> None:
    """AWS: several roles for no feature at all; moto: one."""
    cluster = self.clusters.get(db_cluster_identifier)
    if cluster is None or feature_name is not None:
        original(self, db_cluster_identifier, role_arn, feature_name)
        return
    if any(role.role_arn == role_arn for role in cluster._associated_roles):
        raise RDSClientError(
            "DBClusterRoleAlreadyExists",
            f"Role {role_arn} is already associated with {db_cluster_identifier}",
        )
    cluster._associated_roles.append(AssociatedRole(role_arn=role_arn, feature_name=""))


@adds(RDSResponse)
def remove_role_from_db_cluster(self: Any) -> Any:
    """AWS: takes the role away; moto: not implemented."""
    name = self.params.get("DBClusterIdentifier")
    if name not in self.backend.clusters:
        raise DBClusterNotFoundError(name)
    _remove(self.backend.clusters[name], self.params, "DBClusterRoleNotFound")
    return EmptyResult()


@adds(RDSResponse)
def remove_role_from_db_instance(self: Any) -> Any:
    """AWS: takes the role away; moto: not implemented."""
    instance = self.backend.find_db_from_id(self.params.get("DBInstanceIdentifier"))
    _remove(instance, self.params, "DBInstanceRoleNotFound")
    return EmptyResult()


def _remove(database: Any, params: Any, code: str) -> None:
    role, feature = params.get("RoleArn"), params.get("FeatureName") or ""
    rest = [
        one for one in database._associated_roles if (one.role_arn, one.feature_name or "") != (role, feature)
    ]
    if len(rest) == len(database._associated_roles):
        raise RDSClientError(code, f"Role {role} with feature {feature!r} is not associated.")
    database._associated_roles = rest
