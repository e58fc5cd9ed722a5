"""Master passwords that RDS accepts, and why."""

import pytest

from components.credentials import Choice, Credentials, choose
from components.errors import ComponentError

MANAGED, SECRET = Credentials.MANAGED, Credentials.SECRET


@pytest.mark.parametrize(
    ("asked", "replicas", "choice"),
    [
        (
            None,
            0,
            Choice(
                credentials=MANAGED,
                reason="No read replica stands in the way, so RDS keeps and rotates the password itself.",
            ),
        ),
        (
            None,
            2,
            Choice(
                credentials=SECRET,
                reason="RDS does not manage the master password of an instance that has read replicas, "
                "so the password is a generated secret.",
            ),
        ),
        (MANAGED, 0, Choice(credentials=MANAGED, reason="`managed` was asked for.")),
        (SECRET, 0, Choice(credentials=SECRET, reason="`secret` was asked for.")),
        (SECRET, 2, Choice(credentials=SECRET, reason="`secret` was asked for.")),
    ],
)
def test_the_choice_and_its_reason(asked: Credentials | None, replicas: int, choice: Choice) -> None:
    assert choose("db", asked, replicas) == choice


def test_managed_with_replicas_is_refused() -> None:
    with pytest.raises(ComponentError) as refused:
        choose("la-prod-database", MANAGED, 2)
    assert str(refused.value) == (
        "la-prod-database: managed credentials with 2 read replica(s): RDS does not manage the master "
        "password "
        "of an instance that has read replicas. Expected credentials `secret` wherever there are replicas. "
        "Fix: leave `credentials` out (it becomes `secret`), or set `replicas` to 0."
    )
