from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.efs import _system_rules
from simcloud.bindings.efs._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props

_MEMBERS = _api.members(
    (
        "availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode",
        "provisionedThroughputInMibps", "throughputMode",
    ),
    {},
    capital=True,
)  # fmt: skip
_THROUGHPUT = ("throughputMode", "provisionedThroughputInMibps")
_POLICY = {
    "transitionToIa": "TransitionToIA",
    "transitionToArchive": "TransitionToArchive",
    "transitionToPrimaryStorageClass": "TransitionToPrimaryStorageClass",
}


class FileSystem(Binding):
    """A file system that many machines can mount."""

    token = "aws:efs/fileSystem:FileSystem"
    service = "efs"
    operation = "create_file_system"
    replaces = frozenset(
        {"availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"}
    )
    defaults = {"throughputMode": "bursting"}
    tagging = TAGS
    references = (Reference("kmsKeyId", "kms_key"),)
    faults = {"FileSystemAlreadyExists": "creationToken"}

    def request(self, ctx: Context, new: Props) -> Params:
        return {"CreationToken": UNKNOWN, **_api.said(ctx, "efs", "CreateFileSystem", new, _MEMBERS)}

    def create(self, ctx: Context, new: Props) -> str:
        token = new.get("creationToken") or _made_up(ctx)
        response = ctx.client("efs").create_file_system(**{**self.request(ctx, new), "CreationToken": token})
        return str(response["FileSystemId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        efs = ctx.client("efs")
        if old and any(new.get(name) != old.get(name) for name in _THROUGHPUT):
            changed = {name: new.get(name) for name in _THROUGHPUT}
            efs.update_file_system(
                FileSystemId=identity, **_api.said(ctx, "efs", "UpdateFileSystem", changed, _MEMBERS)
            )
        if new.get("lifecyclePolicies") != old.get("lifecyclePolicies"):
            efs.put_lifecycle_configuration(
                FileSystemId=identity,
                LifecyclePolicies=[
                    {_POLICY[name]: value for name, value in policy.items()}
                    for policy in new.get("lifecyclePolicies") or ()
                ],
            )
        protection = (new.get("protection") or {}).get("replicationOverwrite")
        if protection is not None and new.get("protection") != old.get("protection"):
            efs.update_file_system_protection(
                FileSystemId=identity, ReplicationOverwriteProtection=protection
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        efs = ctx.client("efs")
        found = efs.describe_file_systems(FileSystemId=identity)["FileSystems"][0]
        policies = efs.describe_lifecycle_configuration(FileSystemId=identity)["LifecyclePolicies"]
        size = found["SizeInBytes"]
        return {
            "arn": found["FileSystemArn"],
            "creationToken": found["CreationToken"],
            "name": found.get("Name") or "",
            "dnsName": f"{identity}.efs.{ctx.region}.amazonaws.com",
            "ownerId": found["OwnerId"],
            "encrypted": found["Encrypted"],
            "kmsKeyId": found.get("KmsKeyId") or "",
            "performanceMode": found["PerformanceMode"],
            "throughputMode": found["ThroughputMode"],
            "provisionedThroughputInMibps": found.get("ProvisionedThroughputInMibps"),
            "availabilityZoneName": found.get("AvailabilityZoneName") or "",
            "availabilityZoneId": found.get("AvailabilityZoneId") or "",
            "numberOfMountTargets": found["NumberOfMountTargets"],
            "protection": {
                "replicationOverwrite": found["FileSystemProtection"]["ReplicationOverwriteProtection"]
            },
            "sizeInBytes": [
                {
                    "value": size["Value"],
                    "valueInIa": size.get("ValueInIA", 0),
                    "valueInStandard": size.get("ValueInStandard", 0),
                }
            ],
            "lifecyclePolicies": [
                {name: policy[api] for name, api in _POLICY.items() if api in policy} for policy in policies
            ]
            or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("efs").delete_file_system(FileSystemId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _system_rules.problems(ctx, new)


def _made_up(ctx: Context) -> str:
    """As the provider makes tokens: the moment and a counter."""
    moment = datetime.now(UTC)
    return f"terraform-{moment:%Y%m%d%H%M%S}{moment.microsecond // 100:04d}{ctx.cloud.next_number():08x}"
