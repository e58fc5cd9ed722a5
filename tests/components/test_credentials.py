"""Master passwords that RDS accepts, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.credentials import Choice, Credentials, Wish, choose
from components.errors import ComponentError

MANAGED, SECRET = Credentials.MANAGED, Credentials.SECRET


@pytest.mark.parametrize(
    ("wish", "choice"),
    [
        (
            Wish(),
            Choice(
                credentials=MANAGED,
                reason="No read replica stands in the way, so RDS keeps and rotates the password itself.",
            ),
        ),
        (
            Wish(replicas=2),
            Choice(
                credentials=SECRET,
                reason="RDS does not manage the master password of an instance that has read replicas, "
                "so the password is a generated secret.",
            ),
        ),
        (
            Wish(blue_green=True),
            Choice(
                credentials=SECRET,
                reason="RDS does not manage the master password of an instance that has blue/green changes, "
                "so the password is a generated secret.",
            ),
        ),
        (Wish(asked=MANAGED), Choice(credentials=MANAGED, reason="`managed` was asked for.")),
        (Wish(asked=SECRET), Choice(credentials=SECRET, reason="`secret` was asked for.")),
        (Wish(asked=SECRET, replicas=2), Choice(credentials=SECRET, reason="`secret` was asked for.")),
        (
            Wish(asked=MANAGED, rotation_days=14),
            Choice(credentials=MANAGED, reason="`managed` was asked for. It changes every 14 days."),
        ),
        (
            Wish(replicas=1, rotation_days=30),
            Choice(
                credentials=SECRET,
                reason="RDS does not manage the master password of an instance that has read replicas, so the "
                "password is a generated secret. Applications are one of two users, whose turn it is changes "
                "every 30 days, so that the password that a running task knows works until the change after the "
                "next.",
            ),
        ),
    ],
)
def test_the_choice_and_its_reason(wish: Wish, choice: Choice) -> None:
    assert choose("db", wish) == choice


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (
            Wish(asked=MANAGED, replicas=2),
            "managed credentials with 2 read replica(s): RDS does not manage the master password of an instance that "
            "has read replicas. Expected credentials `secret` wherever there are replicas. Fix: leave `credentials` "
            "out (it becomes `secret`), or set `replicas` to 0.",
        ),
        (
            Wish(asked=MANAGED, blue_green=True),
            "managed credentials with blue/green changes: RDS does not manage the master password of an instance "
            "that has blue/green changes. Expected credentials `secret` with `blue_green`. Fix: leave `credentials` "
            "out (it becomes `secret`), or set `blue_green` to False.",
        ),
    ],
)
def test_managed_where_rds_forbids_it_is_refused(wish: Wish, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        choose("la-prod-database", wish)
    assert str(refused.value) == f"la-prod-database: {sentence}"


@given(replicas=st.integers(0, 15), blue_green=st.booleans(), days=st.none() | st.integers(1, 1000))
def test_what_is_left_to_choose_is_always_legal(replicas: int, blue_green: bool, days: int | None) -> None:
    choice = choose("db", Wish(replicas=replicas, blue_green=blue_green, rotation_days=days))
    assert (choice.credentials is MANAGED) == (replicas == 0 and not blue_green)
    assert (days is None) == ("days" not in choice.reason)
