from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.rds import _care_rules, _sharing, _snapshot_outputs
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_PARAMETERS = {
    "SourceDBSnapshotIdentifier": "sourceDbSnapshotIdentifier",
    "TargetDBSnapshotIdentifier": "targetDbSnapshotIdentifier",
    "CopyTags": "copyTags",
    "KmsKeyId": "kmsKeyId",
    "OptionGroupName": "optionGroupName",
    "PreSignedUrl": "presignedUrl",
    "TargetCustomAvailabilityZone": "targetCustomAvailabilityZone",
}


class SnapshotCopy(Binding):
    """A copy of a snapshot, under another name or another key, or from another region."""

    token = "aws:rds/snapshotCopy:SnapshotCopy"
    service = "rds"
    operation = "copy_db_snapshot"
    parameters = _PARAMETERS
    replaces = frozenset({*_PARAMETERS.values(), "destinationRegion"})
    tagging = tagging.RDS
    references = (
        Reference("sourceDbSnapshotIdentifier", "copied_snapshot"),
        Reference("kmsKeyId", "kms_key"),
        Reference("optionGroupName", "option_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({parameter: new.get(name) for parameter, name in _PARAMETERS.items()})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBSnapshot"]["DBSnapshotIdentifier"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        modify = ctx.client("rds").modify_db_snapshot_attribute
        _sharing.share(modify, {"DBSnapshotIdentifier": identity}, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found, shared = _snapshot_outputs.outputs(ctx, identity)
        source = shared["sourceDbSnapshotIdentifier"]
        named = given.get("sourceDbSnapshotIdentifier")
        return {
            **shared,
            "sourceDbSnapshotIdentifier": named if named and named == source.rsplit(":", 1)[-1] else source,
            "targetDbSnapshotIdentifier": found["DBSnapshotIdentifier"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_snapshot(DBSnapshotIdentifier=identity)

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state["dbSnapshotArn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _care_rules.snapshot(new["targetDbSnapshotIdentifier"], "targetDbSnapshotIdentifier")
        source = new["sourceDbSnapshotIdentifier"]
        if isinstance(source, str) and source == new["targetDbSnapshotIdentifier"]:
            yield Refusal(
                "DBSnapshotAlreadyExists",
                f"Cannot create the snapshot because a snapshot with the identifier {source} already exists.",
                "targetDbSnapshotIdentifier",
            )
