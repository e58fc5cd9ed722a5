"""What AWS refuses in the volumes of a task definition.

AWS: EFSVolumeConfiguration and EFSAuthorizationConfig, ECS API reference; from memory of it, not verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "ClientException"
_KINDS = (
    "dockerVolumeConfiguration", "efsVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration", "hostPath",
    "s3filesVolumeConfiguration",
)  # fmt: skip
_NOT_ON_FARGATE = ("dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration", "hostPath")


def problems(new: Props) -> Iterator[Refusal]:
    """Volumes of two kinds, of a kind that Fargate lacks, or of one name; and EFS without the encryption it needs."""
    volumes = [volume for volume in new.get("volumes") or () if isinstance(volume, dict)]
    fargate = "FARGATE" in (new.get("requiresCompatibilities") or ())
    for name, count in Counter(
        volume.get("name") for volume in volumes if isinstance(volume.get("name"), str)
    ).items():
        if count > 1:
            yield Refusal(_CODE, f"The volume name '{name}' is used {count} times.", "volumes")
    for position, volume in enumerate(volumes):
        path = f"volumes[{position}]"
        kinds = [kind for kind in _KINDS if volume.get(kind) is not None]
        if len(kinds) > 1:
            yield Refusal(_CODE, f"{' and '.join(kinds)} exclude each other.", path)
        for kind in kinds if fargate else ():
            if kind in _NOT_ON_FARGATE:
                yield Refusal(_CODE, f"{kind} is not supported on Fargate.", f"{path}.{kind}")
        yield from _efs(volume, f"{path}.efsVolumeConfiguration")
    if fargate and new.get("placementConstraints"):
        yield Refusal(
            _CODE, "Task definition does not support placementConstraints on Fargate.", "placementConstraints"
        )


def _efs(volume: Props, path: str) -> Iterator[Refusal]:
    efs = volume.get("efsVolumeConfiguration")
    access = efs.get("authorizationConfig") if isinstance(efs, dict) else None
    if not isinstance(efs, dict):
        return
    encrypted = efs.get("transitEncryption")
    if isinstance(access, dict):
        root = efs.get("rootDirectory")
        if access.get("accessPointId") is not None and isinstance(root, str) and root not in ("", "/"):
            yield Refusal(
                _CODE,
                "with an access point, rootDirectory must be left out or be /.",
                f"{path}.rootDirectory",
            )
        if (access.get("accessPointId") is not None or access.get("iam") == "ENABLED") and encrypted in (
            None,
            "DISABLED",
        ):
            yield Refusal(
                _CODE,
                "transitEncryption must be ENABLED for an access point and for IAM authorization.",
                f"{path}.transitEncryption",
            )
    if efs.get("transitEncryptionPort") is not None and encrypted in (None, "DISABLED"):
        yield Refusal(
            _CODE, "transitEncryptionPort needs transitEncryption.", f"{path}.transitEncryptionPort"
        )
