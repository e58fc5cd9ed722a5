"""Times as the provider of budgets writes them: `2017-01-01_12:00`, always UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from simcloud.values import Value

_FORMAT = "%Y-%m-%d_%H:%M"


def parsed(text: Value) -> Value:
    """The time that `text` spells; what is not text (or no time) comes back as it is."""
    if not isinstance(text, str):
        return text
    try:
        return datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return text


def written(moment: datetime) -> str:
    """A time of the API's."""
    return moment.astimezone(UTC).strftime(_FORMAT)
