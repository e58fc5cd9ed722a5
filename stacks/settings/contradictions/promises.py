"""Promises to users that nothing could measure."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

MEASURED_AT = {"database_query_milliseconds": "database", "cache_hit_percent": "cache"}


def promises(settings: Settings) -> Iterator[Problem]:
    """Promises about a database or a cache that there is not."""
    for promise, store in MEASURED_AT.items():
        if getattr(settings.slo, promise) is not None and getattr(settings, store) is None:
            yield Problem(
                path=f"slo.{promise}",
                problem=f"there is no {store} whose answers could be measured",
                expected=f"null without a {store}",
                fix=SetTo(path=f"slo.{promise}", value=None),
                involves=(f"slo.{promise}", store),
            )
