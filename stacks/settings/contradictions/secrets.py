"""What about the secrets cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.variables import OWN_VARIABLES


def secrets(settings: Settings) -> Iterator[Problem]:
    """Recovery windows that Secrets Manager refuses, and environment variables with two sources."""
    yield from _recovery_window(settings)
    yield from _variables_taken(settings)


def _recovery_window(settings: Settings) -> Iterator[Problem]:
    # AWS: Secrets Manager API reference, DeleteSecret, RecoveryWindowInDays 7 to 30; per general knowledge
    if 0 < settings.secrets.recovery_window_days < 7:
        yield Problem(
            path="secrets.recovery_window_days",
            problem=f"Secrets Manager refuses a window of {settings.secrets.recovery_window_days} days",
            expected="0, or 7 to 30 (days)",
            fix=SetTo(path="secrets.recovery_window_days", value=7),
            involves=("secrets.recovery_window_days",),
        )


def _variables_taken(settings: Settings) -> Iterator[Problem]:
    sources: dict[str, str] = dict.fromkeys(OWN_VARIABLES, "the stack itself")
    sources |= {name: f"service.environment.{name}" for name in settings.service.environment}
    for name in settings.service.environment:
        if name in OWN_VARIABLES:
            yield _taken(f"service.environment.{name}", name, "the stack itself")
    for slot, declared in settings.secrets.slots.items():
        path = f"secrets.slots.{slot}.variable"
        if declared.variable in sources:
            yield _taken(path, declared.variable, sources[declared.variable])
        sources[declared.variable] = path


def _taken(path: str, variable: str, source: str) -> Problem:
    return Problem(
        path=path,
        problem=f"the variable {variable} is already set by {source}",
        expected="a variable with one source",
        fix="give it another name",
        involves=("secrets.slots", "service.environment"),
    )
