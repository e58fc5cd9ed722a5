"""What about the secrets cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.variables import OWN_VARIABLES


def secrets(settings: Settings) -> Iterator[Problem]:
    """Recovery windows that Secrets Manager refuses, and environment variables with two sources."""
    yield from _recovery_window(settings)
    yield from _variables_taken(settings)
    yield from _slots(settings)
    yield from _sources(settings)


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
    slots: dict[str, str] = {}
    for slot, declared in settings.secrets.slots.items():
        path = f"secrets.slots.{slot}.variable"
        if declared.variable in OWN_VARIABLES or declared.variable in slots:
            yield _taken(path, declared.variable, slots.get(declared.variable, "the stack itself"))
        slots.setdefault(declared.variable, path)
    for name, one in settings.services.items():
        given = dict.fromkeys(OWN_VARIABLES, "the stack itself") | slots
        for kind, variables in (("environment", one.environment), ("renamed", one.renamed)):
            for variable in variables:
                if variable in given:
                    yield _taken(f"services.{name}.{kind}.{variable}", variable, given[variable])
                given[variable] = f"services.{name}.{kind}.{variable}"


def _slots(settings: Settings) -> Iterator[Problem]:
    known = settings.secrets.slots
    for name, one in settings.services.items():
        for index, slot in enumerate(one.secrets or ()):
            if slot not in known:
                yield Problem(
                    path=f"services.{name}.secrets[{index}]",
                    problem=f'there is no slot "{slot}"',
                    expected="one of secrets.slots: " + (", ".join(sorted(known)) or "none"),
                    fix="correct it, or declare it in secrets.slots",
                    involves=("services", "secrets.slots"),
                )


def _sources(settings: Settings) -> Iterator[Problem]:
    for name, one in settings.services.items():
        for renamed, variable in one.renamed.items():
            if variable not in OWN_VARIABLES:
                yield Problem(
                    path=f"services.{name}.renamed.{renamed}",
                    problem=f"the stack gives no variable {variable}",
                    expected="one of " + ", ".join(OWN_VARIABLES),
                    fix="correct it",
                    involves=("services",),
                )


def _taken(path: str, variable: str, source: str) -> Problem:
    return Problem(
        path=path,
        problem=f"the variable {variable} is already set by {source}",
        expected="a variable with one source",
        fix="give it another name",
        involves=("secrets.slots", "services"),
    )
