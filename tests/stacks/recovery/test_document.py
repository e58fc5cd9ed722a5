"""The recovery table, as it stands in the documentation."""

import pytest

from stacks.recovery.achieved import achieved
from stacks.recovery.document import scopes, table
from stacks.recovery.duration import duration
from stacks.recovery.mechanisms import Mechanisms
from stacks.recovery.way import Seconds
from tests.stacks.recovery.systems import (
    API_PLATFORM,
    API_PLATFORM_PROMISES,
    PRACTICE_APP,
    PRACTICE_APP_PROMISES,
)

FOUR_ROWS = """\
|  | RTO stated | RTO achieved | RPO stated | RPO achieved | by |
|---|---|---|---|---|---|
| Application | 5 min | about 2 min 30 s | 0 | 0 | tasks in other zones go on |
| Database | 15 min | 2 min | 5 min | 0 | the standby of a Multi-AZ instance takes over; \
after a mistake restored to a point in time (RTO about 53 min, RPO 5 min) |
| Cache | 1 min | about 1 min | 15 min | about 10 s | a replica takes over |
| Full system | 30 min | about 2 min 30 s | 5 min | about 10 s | application: tasks in other zones go on; \
cache: a replica takes over |
"""


def test_the_four_rows() -> None:
    assert table(achieved(PRACTICE_APP), PRACTICE_APP_PROMISES) == FOUR_ROWS


def test_what_is_not_stated_is_a_dash() -> None:
    row = table(achieved(API_PLATFORM), API_PLATFORM_PROMISES).splitlines()[3]
    assert row.startswith("| Database | — | 35 s | — | 0 | a reader of the Multi-AZ DB cluster takes over; ")


def test_a_part_that_is_not_there_has_no_row() -> None:
    lines = table(achieved(Mechanisms(cache=PRACTICE_APP.cache)), PRACTICE_APP_PROMISES).splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["Cache", "Full system"]


def test_every_scope_with_its_source() -> None:
    lines = scopes(achieved(PRACTICE_APP), PRACTICE_APP_PROMISES).splitlines()
    assert len(lines) == 2 + 5 * 3
    assert (
        "| Database | data is deleted or spoilt | — | about 53 min | 5 min | 5 min | restored to a point in time | "
        "AWS re:Post, point-in-time restore of RDS: logs go to S3 every 5 minutes, read 2026-11; restore "
        "estimated for 100 GiB at 100 MiB/s plus 35 min |"
    ) in lines


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "never"),
        (0, "0"),
        (35, "35 s"),
        (60, "1 min"),
        (150, "2 min 30 s"),
        (600, "10 min"),
        (601, "11 min"),
        (3599, "1 h"),
        (5400, "1 h 30 min"),
        (172800, "48 h"),
    ],
)
def test_durations_as_people_say_them(seconds: Seconds, words: str) -> None:
    assert duration(seconds) == words
