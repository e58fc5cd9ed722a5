"""Where the instances of a database stand."""

import pytest

from components.database_placement import Placement, place

ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"]


@pytest.mark.parametrize(
    ("zones", "multi_az", "replicas", "expected"),
    [
        (ZONES, False, 0, Placement("us-east-1a", [])),
        (ZONES, False, 2, Placement("us-east-1a", ["us-east-1b", "us-east-1c"])),
        (ZONES, False, 3, Placement("us-east-1a", ["us-east-1b", "us-east-1c", "us-east-1b"])),
        (ZONES, True, 2, Placement(None, ["us-east-1b", "us-east-1c"])),
        (ZONES, True, 4, Placement(None, ["us-east-1b", "us-east-1c", "us-east-1a", "us-east-1b"])),
        (ZONES[:2], False, 2, Placement("us-east-1a", ["us-east-1b", "us-east-1b"])),
    ],
)
def test_replicas_never_stand_beside_a_placed_primary(
    zones: list[str], multi_az: bool, replicas: int, expected: Placement
) -> None:
    assert place(zones, multi_az=multi_az, replicas=replicas) == expected
