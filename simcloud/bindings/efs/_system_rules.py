"""What AWS refuses in a file system.

AWS: CreateFileSystem and PutLifecycleConfiguration, EFS API Reference; from memory of it, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_IA = _ARCHIVE = (
    "AFTER_1_DAY", "AFTER_7_DAYS", "AFTER_14_DAYS", "AFTER_30_DAYS", "AFTER_60_DAYS", "AFTER_90_DAYS",
    "AFTER_180_DAYS", "AFTER_270_DAYS", "AFTER_365_DAYS",
)  # fmt: skip
_ALLOWED = {
    "transitionToIa": _IA,
    "transitionToArchive": _ARCHIVE,
    "transitionToPrimaryStorageClass": ("AFTER_1_ACCESS",),
}


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Contradictions between throughput, performance, encryption and places."""
    yield from _throughput(new)
    if new.get("kmsKeyId") is not None and new.get("encrypted") in (None, False):
        yield Refusal("BadRequest", "encrypted must be set to true when kmsKeyId is specified.", "encrypted")
    zone = new.get("availabilityZoneName")
    if isinstance(zone, str) and not zone.startswith(ctx.region):
        yield Refusal(
            "UnsupportedAvailabilityZone", f"{zone} is not in {ctx.region}.", "availabilityZoneName"
        )
    if zone is not None and new.get("performanceMode") == "maxIO":
        yield Refusal("BadRequest", "One Zone file systems have no maxIO mode.", "performanceMode")
    yield from _policies(new.get("lifecyclePolicies"), new["throughputMode"])


def _throughput(new: Props) -> Iterator[Refusal]:
    mode, speed = new["throughputMode"], new.get("provisionedThroughputInMibps")
    if mode == "provisioned" and speed is None:
        yield Refusal(
            "BadRequest",
            "ProvisionedThroughputInMibps is needed for the provisioned mode.",
            "provisionedThroughputInMibps",
        )
    if isinstance(mode, str) and mode != "provisioned" and speed is not None:
        yield Refusal(
            "BadRequest",
            f"provisionedThroughputInMibps goes with the mode provisioned, not {mode}.",
            "provisionedThroughputInMibps",
        )
    if mode == "elastic" and new.get("performanceMode") == "maxIO":
        yield Refusal("BadRequest", "maxIO does not go with elastic throughput.", "performanceMode")


def _policies(policies: Value, mode: Value) -> Iterator[Refusal]:
    days: dict[str, int] = {}
    for position, policy in enumerate(policies if isinstance(policies, list) else ()):
        path = f"lifecyclePolicies[{position}]"
        if not isinstance(policy, dict):
            continue
        if len(policy) != 1:
            yield Refusal("BadRequest", "Each LifecyclePolicy object can have one transition only.", path)
        for name, value in policy.items():
            if isinstance(value, str) and value not in _ALLOWED[name]:
                yield Refusal(
                    "BadRequest", f"{value!r} is not one of {', '.join(_ALLOWED[name])}.", f"{path}.{name}"
                )
            elif isinstance(value, str):
                days[name] = _ALLOWED[name].index(value)
    if "transitionToArchive" in days and isinstance(mode, str) and mode != "elastic":
        yield Refusal("BadRequest", "the archive needs elastic throughput.", "lifecyclePolicies")
    if days.get("transitionToArchive", len(_IA)) <= days.get("transitionToIa", -1):
        yield Refusal(
            "BadRequest",
            "files must be in Infrequent Access before they go to the archive.",
            "lifecyclePolicies",
        )
