from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds._features import OF_INSTANCES, feature_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class RoleAssociation(Binding):
    """A role that an instance takes up for a feature. The id is `instance,role`."""

    token = "aws:rds/roleAssociation:RoleAssociation"
    service = "rds"
    operation = "add_role_to_db_instance"
    parameters = {"DBInstanceIdentifier": "dbInstanceIdentifier"}
    replaces = frozenset({"dbInstanceIdentifier", "featureName", "roleArn"})
    references = (Reference("dbInstanceIdentifier", "db_instance"), Reference("roleArn", "role"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DBInstanceIdentifier": new["dbInstanceIdentifier"],
            "RoleArn": new["roleArn"],
            "FeatureName": new["featureName"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['dbInstanceIdentifier']},{new['roleArn']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        instance, role = identity.split(",")
        found = ctx.client("rds").describe_db_instances(DBInstanceIdentifier=instance)["DBInstances"][0]
        association = next((one for one in found.get("AssociatedRoles", ()) if one["RoleArn"] == role), None)
        if association is None:
            return None
        return {"dbInstanceIdentifier": instance, "roleArn": role, "featureName": association["FeatureName"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").remove_role_from_db_instance(**self.request(ctx, old))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return feature_problems(new["featureName"], OF_INSTANCES)
