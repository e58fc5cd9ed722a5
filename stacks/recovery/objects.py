"""What brings uploaded files back."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.recovery.mechanisms import Objects
from stacks.recovery.people import ASSUMED, PEOPLE_SECONDS
from stacks.recovery.scope import Scope
from stacks.recovery.way import Way

# AWS: S3 user guide, "Replicating objects with S3 Replication Time Control", read 2026-11: "99.99 percent
# of those objects within 15 minutes".
_TIMED_SECONDS = 15 * 60
# AWS: re:Post, "Why is it taking a long time to replicate Amazon S3 objects", read 2026-11: "Most object replication is
# within 15 minutes, but sometimes replication can take up to 48 hours".
_UNTIMED_SECONDS = 48 * 3600
# An assumption: removing delete markers takes as long as listing the bucket.
_UNDELETING_SECONDS = 15 * 60


def objects_ways(objects: Objects, scope: Scope) -> Iterator[Way]:
    """Every way back that `objects` have in `scope`."""
    if scope is Scope.ZONE:
        yield _in_three_zones()
    elif scope is Scope.MISTAKE:
        yield from _earlier_version(objects)
    else:
        yield from _replicated(objects)


def _in_three_zones() -> Way:
    return Way(
        mechanism="S3 keeps every object in three zones",
        rpo_seconds=0,
        rto_seconds=0,
        source="AWS S3 user guide, data protection: a minimum of three Availability Zones, read 2026-11",
    )


def _earlier_version(objects: Objects) -> Iterator[Way]:
    if objects.versioned:
        yield Way(
            mechanism="the version before is made the current one",
            rpo_seconds=0,
            rto_seconds=PEOPLE_SECONDS + _UNDELETING_SECONDS,
            source=f"AWS S3 user guide, data protection: versioning, read 2026-11; {ASSUMED}",
            rto_estimated=True,
        )


def _replicated(objects: Objects) -> Iterator[Way]:
    if not (objects.versioned and objects.replicated_to_second_region):
        return
    if objects.time_control:
        yield _replica(
            "its copy in the second region, with time control", _TIMED_SECONDS, "99.99 % in 15 minutes"
        )
    else:
        yield _replica(
            "its copy in the second region", _UNTIMED_SECONDS, "most in 15 minutes, sometimes 48 hours"
        )


def _replica(mechanism: str, rpo_seconds: int, words: str) -> Way:
    return Way(
        mechanism=mechanism,
        rpo_seconds=rpo_seconds,
        rto_seconds=0,
        source=f"AWS S3 replication: {words}, read 2026-11",
    )
