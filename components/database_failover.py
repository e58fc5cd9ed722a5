"""How a database survives the loss of a zone, and how fast that can be promised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from components.database_args import DatabaseArgs
from components.errors import ComponentError
from components.failover_seconds import MULTI_AZ_CLUSTER, MULTI_AZ_INSTANCE

# AWS: "Instance class availability for Multi-AZ DB clusters": families with local disks; per reference notes.
_CLUSTER_CLASS = re.compile(r"db\.(c6gd|m5d|m6gd|m6id|m6idn|m8gd|r5d|r6gd|r6id|r6idn|r8gd|x2iedn)\.[a-z0-9]+")
_CLUSTER_ZONES = 3
_WITH_DISK = {"c6g": "c6gd", "m5": "m5d", "m6i": "m6id", "r5": "r5d", "r6i": "r6id", "r7i": "r6id"}


class Availability(StrEnum):
    """One server, a hidden standby, or a writer with two readable standbys."""

    SINGLE = "single instance"
    MULTI_AZ_INSTANCE = "Multi-AZ instance"
    MULTI_AZ_CLUSTER = "Multi-AZ DB cluster"


@dataclass(frozen=True, kw_only=True)
class Survival:
    """What is made, and the reason in one sentence."""

    availability: Availability
    reason: str

    @property
    def clustered(self) -> bool:
        """Whether RDS runs three servers as one cluster."""
        return self.availability is Availability.MULTI_AZ_CLUSTER


def survive(where: str, args: DatabaseArgs) -> Survival:
    """What keeps the promised failover; refuses a promise that nothing here keeps."""
    seconds = args.failover_seconds
    if seconds is None:
        return _as_told(args)
    if seconds < MULTI_AZ_CLUSTER:
        raise _too_fast(where, seconds)
    if not args.multi_az:
        raise _nothing_to_fail_over_to(where, seconds)
    if seconds >= MULTI_AZ_INSTANCE:
        return Survival(
            availability=Availability.MULTI_AZ_INSTANCE,
            reason=f"A Multi-AZ instance fails over within {MULTI_AZ_INSTANCE} s; {seconds} s were asked for.",
        )
    _check_cluster(where, args, seconds)
    return Survival(
        availability=Availability.MULTI_AZ_CLUSTER,
        reason=f"A Multi-AZ instance takes up to {MULTI_AZ_INSTANCE} s to fail over, a Multi-AZ DB cluster "
        f"{MULTI_AZ_CLUSTER} s; {seconds} s were asked for.",
    )


def _as_told(args: DatabaseArgs) -> Survival:
    if args.multi_az:
        return Survival(availability=Availability.MULTI_AZ_INSTANCE, reason="`multi_az` was asked for.")
    return Survival(availability=Availability.SINGLE, reason="No failover was asked for.")


def _too_fast(where: str, seconds: int) -> ComponentError:
    return ComponentError(
        where,
        f"a failover within {seconds} s is promised, and RDS promises none below {MULTI_AZ_CLUSTER} s",
        expected=f"{MULTI_AZ_CLUSTER} (Multi-AZ DB cluster) or more",
        fix=f"set `failover_seconds` to {MULTI_AZ_CLUSTER}, and let clients wait for it in a `proxy`",
    )


def _nothing_to_fail_over_to(where: str, seconds: int) -> ComponentError:
    return ComponentError(
        where,
        f"a failover within {seconds} s is promised without a standby",
        expected="`multi_az` with `failover_seconds`",
        fix="set `multi_az` to True, or leave `failover_seconds` out",
    )


def _check_cluster(where: str, args: DatabaseArgs, seconds: int) -> None:
    for problem in (_wrong_class(args), _few_zones(args), *_not_in_clusters(args)):
        if problem is not None:
            raise ComponentError(
                where,
                f"a failover within {seconds} s takes a Multi-AZ DB cluster, and {problem[0]}",
                expected=problem[1],
                fix=f"{problem[2]}, or set `failover_seconds` to {MULTI_AZ_INSTANCE}",
            )


Problem = tuple[str, str, str]


def _wrong_class(args: DatabaseArgs) -> Problem | None:
    if _CLUSTER_CLASS.fullmatch(args.instance_class):
        return None
    return (
        f"that does not come with {args.instance_class}",
        "a class with local disks, such as db.r6gd.large or db.m6gd.large",
        f"set `instance_class` to {_neighbour(args.instance_class)}",
    )


def _neighbour(instance_class: str) -> str:
    _, family, size = [*instance_class.split("."), "", ""][:3]
    if family.startswith("t") or size in ("", "nano", "micro", "small", "medium"):
        return "db.m6gd.large"
    graviton = "m6gd" if family.startswith("m") else "r6gd"
    return f"db.{_WITH_DISK.get(family, graviton)}.{size}"


def _few_zones(args: DatabaseArgs) -> Problem | None:
    zones = len(set(args.availability_zones))
    if zones >= _CLUSTER_ZONES:
        return None
    return (
        f"its three servers stand in three zones, not in {zones}",
        "subnets in three availability zones",
        "give `availability_zones` and `subnet_ids` of three zones",
    )


# AWS: "Limitations of Multi-AZ DB clusters for Amazon RDS", read 2026-11 (storage autoscaling, cross-Region automated
# backups). Replicas of a cluster: RDS has them, the provider does not (hashicorp/terraform-provider-aws#39270, open).
def _not_in_clusters(args: DatabaseArgs) -> list[Problem | None]:
    growing = args.max_storage_gb != args.storage_gb
    return [
        _absent(
            args.replicas > 0, "its readers are its two standbys", "`replicas` of 0", "set `replicas` to 0"
        ),
        _absent(
            growing,
            "its storage does not grow by itself",
            "`max_storage_gb` equal to `storage_gb`",
            f"set both to {args.max_storage_gb}",
        ),
        _unmade(args.cross_region is not None, "a replica in another region", "cross_region"),
        _unmade(args.followed is not None, "a replica that another stack makes", "followed"),
        _unmade(args.backup_region is not None, "a copy of its backups in another region", "backup_region"),
        _unmade(args.blue_green, "blue/green changes", "blue_green"),
        _absent(
            args.backup_retention_days < 1,
            "it always has backups",
            "`backup_retention_days` of 1 or more",
            "set `backup_retention_days` to 1 or more",
        ),
    ]


def _unmade(asked: bool, what: str, name: str) -> Problem | None:
    return _absent(asked, f"it cannot have {what}", f"no `{name}`", f"leave `{name}` out")


def _absent(asked: bool, problem: str, expected: str, fix: str) -> Problem | None:
    return (problem, expected, fix) if asked else None
