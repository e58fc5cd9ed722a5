"""What EBS volumes may be: sizes, operations and throughput by type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import is_known


@dataclass(frozen=True)
class Kind:
    """Ranges of one volume type: GiB, operations a second (none if they cannot be chosen), and their ratio to GiB."""

    sizes: tuple[int, int]
    iops: tuple[int, int] | None = None
    iops_per_gib: int = 0
    must_choose: bool = False


# AWS: API reference of CreateVolume (botocore 1.44.5), read 2026-11; the ratios are from memory, not verified.
KINDS = {
    "gp2": Kind((1, 16384)),
    "gp3": Kind((1, 65536), (3000, 80000), 500),
    "io1": Kind((4, 16384), (100, 64000), 50, must_choose=True),
    "io2": Kind((4, 65536), (100, 256000), 1000, must_choose=True),
    "st1": Kind((125, 16384)),
    "sc1": Kind((125, 16384)),
    "standard": Kind((1, 1024)),
}
_THROUGHPUTS = (125, 2000)


def problems(disk: Mapping[str, Any], size_name: str, type_name: str, prefix: str = "") -> Iterator[Refusal]:
    """What is wrong with a volume's type, size, iops and throughput; the names differ from type to type."""
    name, size = disk.get(type_name), disk.get(size_name)
    if not is_known([name, size, disk.get("iops"), disk.get("throughput")]):
        return
    kind = KINDS.get(str(name)) if name is not None else None
    if name is not None and kind is None:
        yield Refusal(
            "UnknownVolumeType",
            f"Unsupported volume type '{name}' for volume creation: {', '.join(KINDS)} are known.",
            f"{prefix}{type_name}",
        )
        return
    if kind is not None and size is not None and not kind.sizes[0] <= int(size) <= kind.sizes[1]:
        yield Refusal(
            "InvalidParameterValue",
            f"Volume of {int(size)}GiB is invalid for type {name}: {kind.sizes[0]} to {kind.sizes[1]} GiB.",
            f"{prefix}{size_name}",
        )
    yield from _iops_problems(disk, str(name or "gp2"), kind or KINDS["gp2"], size, prefix)
    yield from _throughput_problems(disk, str(name or "gp2"), prefix)


def _iops_problems(
    disk: Mapping[str, Any], name: str, kind: Kind, size: Any, prefix: str
) -> Iterator[Refusal]:
    iops = disk.get("iops")
    if iops is None:
        if kind.must_choose:
            yield Refusal(
                "MissingParameter", f"The parameter iops must be given for {name} volumes.", f"{prefix}iops"
            )
        return
    if kind.iops is None:
        yield Refusal(
            "InvalidParameterCombination",
            f"The parameter iops is not supported for {name} volumes.",
            f"{prefix}iops",
        )
    elif not kind.iops[0] <= int(iops) <= kind.iops[1]:
        yield Refusal(
            "InvalidParameterValue",
            f"Volume iops of {int(iops)} is not in {kind.iops[0]} to {kind.iops[1]} for {name} volumes.",
            f"{prefix}iops",
        )
    elif size is not None and int(iops) > max(kind.iops[0], kind.iops_per_gib * int(size)):
        yield Refusal(
            "InvalidParameterValue",
            f"Iops to volume size ratio of {int(iops) / int(size):.1f} is too high; maximum is {kind.iops_per_gib}.",
            f"{prefix}iops",
        )


def _throughput_problems(disk: Mapping[str, Any], name: str, prefix: str) -> Iterator[Refusal]:
    throughput, iops = disk.get("throughput"), disk.get("iops") or 3000
    if throughput is None:
        return
    if name != "gp3":
        yield Refusal(
            "InvalidParameterCombination",
            f"The parameter throughput is not supported for {name} volumes.",
            f"{prefix}throughput",
        )
    elif not _THROUGHPUTS[0] <= int(throughput) <= _THROUGHPUTS[1]:
        yield Refusal(
            "InvalidParameterValue",
            f"Throughput of {int(throughput)} is not in {_THROUGHPUTS[0]} to {_THROUGHPUTS[1]} MiB/s.",
            f"{prefix}throughput",
        )
    elif int(throughput) > int(iops) / 4:
        yield Refusal(
            "InvalidParameterValue",
            f"Throughput (MiBps) to iops ratio of {int(throughput) / int(iops):.2f} is too high; maximum is 0.25.",
            f"{prefix}throughput",
        )
