"""When a transcript counts as current."""

import pytest

from tests.docs.transcript import difference

PRINTED = """\
SIMULATED  up dev
  created   a  (1.2 s)
  created   b

vpc_id  vpc-a4a49d818b3b003fb

Took 56.4 s (engine 49.3 s)
"""


@pytest.mark.parametrize(
    "shown",
    [
        PRINTED,
        "SIMULATED up dev\n[…]\nvpc_id  vpc-0123456789abcdef0\nTook 1 min 02 s (engine 4.0 s)\n",
        "[…]\nTook 2.0 s (engine 1.0 s)",
        "SIMULATED  up dev\n[…]",
    ],
)
def test_times_ids_and_marked_omissions_may_differ(shown: str) -> None:
    assert difference(shown, PRINTED) == ""


@pytest.mark.parametrize(
    ("shown", "problem"),
    [
        ("SIMULATED  up production\n[…]", "shown: SIMULATED  up production\nprinted: SIMULATED up dev"),
        ("[…]\n  created   c\n[…]", "shown:   created   c\nprinted nowhere after what is shown before it"),
        ("SIMULATED  up dev", "not shown: created a"),
        (PRINTED + "more", "shown: more\nprinted: (nothing more)"),
    ],
)
def test_everything_else_is_a_difference(shown: str, problem: str) -> None:
    assert difference(shown, PRINTED) == problem
