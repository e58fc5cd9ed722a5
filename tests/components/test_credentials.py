"""Master passwords that RDS accepts, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.credentials import Choice, Credentials, Wish, choose
from components.database_options import NO_ROTATION, NoRotation, Rotation
from components.errors import ComponentError

MANAGED, SECRET = Credentials.MANAGED, Credentials.SECRET
IN_TURN = (
    "Applications are one of two users, whose turn it is changes every {} days, so that the password that a running "
    "task knows works until the change after the next."
)


@pytest.mark.parametrize(
    ("wish", "credentials", "days", "reason"),
    [
        (
            Wish(),
            MANAGED,
            None,
            "No read replica stands in the way, so RDS keeps and rotates the password itself. It changes every 7 "
            "days.",
        ),
        (
            Wish(rotation=Rotation(days=14)),
            MANAGED,
            14,
            "No read replica stands in the way, so RDS keeps and rotates the password itself. It changes every 14 "
            "days.",
        ),
        (
            Wish(asked=MANAGED, rotation=NO_ROTATION),
            MANAGED,
            None,
            "`managed` was asked for. It changes every 7 days.",
        ),
        (
            Wish(replicas=2),
            SECRET,
            30,
            "RDS does not manage the master password of an instance that has read replicas, so the password is a "
            f"generated secret. {IN_TURN.format(30)}",
        ),
        (
            Wish(blue_green=True, rotation=Rotation(days=90)),
            SECRET,
            90,
            "RDS does not manage the master password of an instance that has blue/green changes, so the password is "
            f"a generated secret. {IN_TURN.format(90)}",
        ),
        (Wish(asked=SECRET), SECRET, 30, f"`secret` was asked for. {IN_TURN.format(30)}"),
        (
            Wish(asked=SECRET, replicas=2, rotation=NO_ROTATION),
            SECRET,
            None,
            "`secret` was asked for. `rotation=NO_ROTATION` was asked for: it stays until `credentials_version` is "
            "raised.",
        ),
    ],
)
def test_the_choice_and_its_reason(
    wish: Wish, credentials: Credentials, days: int | None, reason: str
) -> None:
    rotation = None if days is None else Rotation(days=days)
    assert choose("db", wish) == Choice(credentials=credentials, rotation=rotation, reason=reason)


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


@given(
    replicas=st.integers(0, 15),
    blue_green=st.booleans(),
    rotation=st.sampled_from([None, NO_ROTATION]) | st.builds(Rotation, days=st.integers(1, 1000)),
)
def test_what_is_left_to_choose_is_always_legal_and_always_rotates(
    replicas: int, blue_green: bool, rotation: Rotation | NoRotation | None
) -> None:
    choice = choose("db", Wish(replicas=replicas, blue_green=blue_green, rotation=rotation))
    assert (choice.credentials is MANAGED) == (replicas == 0 and not blue_green)
    # A password that stays is a secret of ours of which it was said.
    assert ("it stays" in choice.reason) == (rotation is NO_ROTATION and choice.credentials is SECRET)
    assert isinstance(rotation, Rotation) <= (choice.rotation == rotation)
