"""Alarms that nobody would hear are told about, but refuse nothing."""

import pytest

from stacks.parts.lookouts import unheard
from tests.stacks.settings.loading import loaded


def test_full_alarms_without_an_address_warn() -> None:
    assert unheard(loaded("production")) == (
        "alarms.critical_emails is empty: the critical alarms of this environment reach nobody. "
        "Fix: list addresses below plinth:overrides"
    )


@pytest.mark.parametrize(
    ("stack", "emails"),
    [("dev", []), ("production", ["oncall@learning-assistant.app"])],
    ids=["basic", "heard"],
)
def test_no_warning(stack: str, emails: list[str]) -> None:
    assert unheard(loaded(stack, {"alarms": {"critical_emails": emails}})) is None
