"""Schedule expressions: what AWS takes and what it refuses."""

import pytest

from simcloud.schedule_expression import problem

RIGHT = [
    "cron(0 5 ? * * *)",
    "cron(*/15 0-6 * * ? *)",
    "cron(0 18 ? * MON-FRI *)",
    "cron(0 0 L * ? 2026-2030)",
    "cron(0 0 ? * 6L *)",
    "cron(0 0 ? * TUE#2 *)",
    "cron(1/10 * 3W JAN,FEB ? *)",
    "rate(5 minutes)",
    "rate(1 day)",
    "at(2027-01-01T00:00:00)",
]

WRONG = {
    "cron(0 5 * * * *)": "exactly one of day-of-month and day-of-week must be '?'",
    "cron(0 5 ? * ? *)": "exactly one of day-of-month and day-of-week must be '?'",
    "cron(0 5 * * ?)": "it has 5 fields, expected 6",
    "cron(60 5 * * ? *)": "minutes '60' is not within 0-59",
    "cron(*/0 5 * * ? *)": "minutes '*/0' is not within 0-59",
    "cron(5- 5 * * ? *)": "minutes '5-' is not within 0-59",
    "cron(? 5 * * ? *)": "minutes '?' is not within 0-59",
    "cron(0 5 * 13 ? *)": "month '13' is not within 1-12 or JAN-DEC",
    "cron(0 5 ? * 0 *)": "day-of-week '0' is not within 1-7 or SUN-SAT",
    "cron(0 0 ? * 2#1,3#1 *)": "with '#', day-of-week takes a single expression",
    "rate(0 minutes)": "the number must be positive",
    "rate(1 week)": "expected rate(<number> minute|minutes|hour|hours|day|days)",
    "at(2027-13-01T00:00:00)": "month must be in 1..12",
    "at(tomorrow)": "expected at(yyyy-mm-ddThh:mm:ss)",
    "0 5 * * *": "is no cron(...) or rate(...) or at(...) expression",
}


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    assert problem(text) == ""


@pytest.mark.parametrize(("text", "says"), WRONG.items())
def test_wrong(text: str, says: str) -> None:
    assert says in problem(text)


def test_only_the_kinds_that_the_service_takes() -> None:
    said = problem("at(2027-01-01T00:00:00)", ("cron", "rate"))
    assert said == "'at(2027-01-01T00:00:00)' is no cron(...) or rate(...) expression."


@pytest.mark.parametrize("text", ["rate(5 minute)", "rate(1 minutes)"])
def test_the_unit_agrees_where_the_service_wants_it(text: str) -> None:
    assert problem(text) == ""
    assert "expected" in problem(text, agreeing=True)
