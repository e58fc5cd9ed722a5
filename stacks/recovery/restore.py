"""How long a database takes to come back from a backup: an estimate, and named so wherever it is shown."""

from __future__ import annotations

from stacks.recovery.people import PEOPLE_SECONDS

# An assumption: RDS makes the instance, recovers it and replays logs, and the application is pointed at it. AWS gives
# no number: "The length of the operation is based on the number of transaction logs" (re:Post, "point-in-time restore
# operation takes a long time", read 2026-11).
_BASE_SECONDS = 20 * 60
# An assumption, the low end of what AWS sells: "Initialize Amazon EBS volumes", read 2026-11, 100 to 300 MiB/s; the
# rate without that option "fluctuates … which could make completion times unpredictable". A database answers before
# its volume is full, slowly; here it counts as back when it is as fast as before.
_VOLUME_MIB_PER_SECOND = 100
# An assumption: rows are read or inserted one table after another, and indexes are built anew.
_DUMP_MIB_PER_SECOND = 20
MIB_PER_GIB = 1024


def from_volume(storage_gib: int) -> int:
    """Seconds until a database of `storage_gib` is back from a snapshot and its logs.

    Assumes 15 minutes for people, 20 for RDS and the switch, and the whole allocated storage read at 100 MiB/s.
    """
    return PEOPLE_SECONDS + _BASE_SECONDS + _at(storage_gib, _VOLUME_MIB_PER_SECOND)


def from_dump(storage_gib: int) -> int:
    """Seconds until a dump of `storage_gib` is loaded into a new database; assumes 20 MiB/s instead of 100."""
    return PEOPLE_SECONDS + _BASE_SECONDS + dumping(storage_gib)


def dumping(storage_gib: int) -> int:
    """Seconds that writing a dump takes, at the assumed 20 MiB/s."""
    return _at(storage_gib, _DUMP_MIB_PER_SECOND)


def copying(storage_gib: int) -> int:
    """Seconds that a copy of a snapshot to another region takes, at the assumed 100 MiB/s.

    AWS copies increments after the first time; the first time is what this promises.
    """
    return _at(storage_gib, _VOLUME_MIB_PER_SECOND)


def assumption(storage_gib: int) -> str:
    """What the estimate of a restore rests on, for texts."""
    return (
        f"restore estimated for {storage_gib} GiB at {_VOLUME_MIB_PER_SECOND} MiB/s plus "
        f"{(PEOPLE_SECONDS + _BASE_SECONDS) // 60} min"
    )


def _at(storage_gib: int, mib_per_second: int) -> int:
    return -(-storage_gib * MIB_PER_GIB // mib_per_second)
