"""What about the application's behaviour cannot be."""

from collections.abc import Iterator, Mapping

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

EVERYTHING = "edge.rate_limit_per_5_minutes"
# One user or one address is one address at the edge; `all_per_minute` is many, and no matter of the edge.
PER_ADDRESS = ("per_user_per_minute", "per_address_per_minute")


def application(settings: Settings) -> Iterator[Problem]:
    """Limits that nobody would ever meet, and tokens that everybody could know."""
    yield from _limits(settings)
    yield from _development_tokens(settings)


def _limits(settings: Settings) -> Iterator[Problem]:
    """The edge counts requests before the application does, and refuses first."""
    if not settings.edge.block:
        return
    path, allowed = min(_at_the_edge(settings).items(), key=lambda limit: limit[1])
    for name in PER_ADDRESS:
        asked = getattr(settings.application.limits, name)
        if asked is not None and asked > allowed:
            yield Problem(
                path=f"application.limits.{name}",
                problem=f"{asked} requests per minute are never reached: {path} refuses an address after "
                f"{allowed:g} per minute",
                expected=f"at most {allowed:g} (requests per minute), which the edge lets pass",
                fix=f"set application.limits.{name} to {int(allowed)} or less, or raise {path}",
                involves=(f"application.limits.{name}", EVERYTHING, "edge.rate_limits", "edge.block"),
            )


def _at_the_edge(settings: Settings) -> Mapping[str, float]:
    """What the edge's limits that count every path let one address do in a minute."""
    further = {
        f"edge.rate_limits.{name}": rate.limit * 60 / rate.window_seconds
        for name, rate in settings.edge.rate_limits.items()
        if not rate.paths
    }
    return {EVERYTHING: settings.edge.rate_limit_per_5_minutes / 5, **further}


def _development_tokens(settings: Settings) -> Iterator[Problem]:
    if settings.application.auth.development_tokens and settings.environment != "dev":
        yield Problem(
            path="application.auth.development_tokens",
            problem=f"fixed tokens stand in the source, and this is {settings.environment}",
            expected="false outside of dev",
            fix=SetTo(path="application.auth.development_tokens", value=False),
            involves=("application.auth.development_tokens",),
        )
