"""Names: kept whole or refused."""

import pytest

from components import names
from components.errors import ComponentError


def test_a_name_that_fits_is_unchanged() -> None:
    longest = "x" * 24
    assert names.fit(longest, names.LOAD_BALANCER) == longest


def test_a_fixed_name_needs_no_room_for_a_suffix() -> None:
    longest = "x" * 32
    assert names.fit(longest, names.TARGET_GROUP, generated=False) == longest


@pytest.mark.parametrize(
    ("generated", "sentence"),
    [
        (
            True,
            (
                "la-production-public-entrance-for-web: 37 characters are too many for a load balancer name. "
                "Expected at most 24 (AWS takes 32, Pulumi's suffix needs 8). "
                "Fix: shorten the system's short name or the component's name."
            ),
        ),
        (
            False,
            (
                "la-production-public-entrance-for-web: 37 characters are too many for a load balancer name. "
                "Expected at most 32 (AWS takes 32). "
                "Fix: shorten the system's short name or the component's name."
            ),
        ),
    ],
)
def test_a_name_is_refused_and_never_cut(generated: bool, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        names.fit("la-production-public-entrance-for-web", names.LOAD_BALANCER, generated=generated)
    assert str(refused.value) == sentence


def test_a_refusal_is_told_without_a_traceback() -> None:
    import pulumi

    assert issubclass(ComponentError, pulumi.RunError)
