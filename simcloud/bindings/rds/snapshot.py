from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds import _care_rules, _sharing, _snapshot_outputs
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Snapshot(Binding):
    """A database instance as it was when the snapshot was made."""

    token = "aws:rds/snapshot:Snapshot"
    service = "rds"
    operation = "create_db_snapshot"
    parameters = {
        "DBSnapshotIdentifier": "dbSnapshotIdentifier",
        "DBInstanceIdentifier": "dbInstanceIdentifier",
    }
    replaces = frozenset({"dbInstanceIdentifier", "dbSnapshotIdentifier"})
    tagging = tagging.RDS
    references = (Reference("dbInstanceIdentifier", "db_instance"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DBSnapshotIdentifier": new["dbSnapshotIdentifier"],
            "DBInstanceIdentifier": new["dbInstanceIdentifier"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBSnapshot"]["DBSnapshotIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        modify = ctx.client("rds").modify_db_snapshot_attribute
        _sharing.share(modify, {"DBSnapshotIdentifier": identity}, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found, shared = _snapshot_outputs.outputs(ctx, identity)
        return {
            **shared,
            "dbInstanceIdentifier": found["DBInstanceIdentifier"],
            "dbSnapshotIdentifier": found["DBSnapshotIdentifier"],
            "status": found["Status"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_snapshot(DBSnapshotIdentifier=identity)

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state["dbSnapshotArn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _care_rules.snapshot(new["dbSnapshotIdentifier"], "dbSnapshotIdentifier")
