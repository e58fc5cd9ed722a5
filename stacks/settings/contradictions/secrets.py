"""What about the secrets cannot be."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.slots import added, all_slots, secrets_path
from stacks.settings.translate import did_you_mean
from stacks.settings.variables import VARIABLES, plain, secret, taken_twice


def secrets(settings: Settings) -> Iterator[Problem]:
    """Recovery windows AWS refuses, a policy on other secrets; slots and variables with two sources, or with none."""
    yield from _recovery_window(settings)
    yield from _read_policy(settings)
    yield from _slots_taken(settings)
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


def _read_policy(settings: Settings) -> Iterator[Problem]:
    """A policy that reads everybody's secrets but these."""
    named, path = settings.secrets.read_policy_path, secrets_path(settings)
    if named is not None and not f"{path}/".startswith(f"{named}/"):
        yield Problem(
            path="secrets.read_policy_path",
            problem=f"a policy on {named} would not read the secrets below {path}",
            expected="the path of the secrets, or the words that it begins with",
            fix="correct or remove it",
            involves=("secrets.read_policy_path", "secrets.path"),
        )


def _slots_taken(settings: Settings) -> Iterator[Problem]:
    """Slots of the same name from two sides: the stack would make one of them, and nobody could say which."""
    for one in added(settings):
        if one.name in settings.secrets.slots:
            yield Problem(
                path=f"secrets.slots.{one.name}",
                problem=f"{one.setting} makes a slot of this name already ({one.description})",
                expected="a name that the stack does not give",
                fix="give the slot another name, or remove it",
                involves=(f"secrets.slots.{one.name}", one.setting),
            )


def _variables_taken(settings: Settings) -> Iterator[Problem]:
    for taken in taken_twice(settings):
        yield Problem(
            path=taken.path,
            problem=f"the variable {taken.variable} is already set by {taken.source}",
            expected="a variable with one source",
            fix="give it another name",
            involves=("secrets.slots", "services"),
        )


def _slots(settings: Settings) -> Iterator[Problem]:
    known = sorted(all_slots(settings))
    for name, one in settings.services.items():
        for index, slot in enumerate(one.secrets or ()):
            if slot not in known:
                near = did_you_mean(slot, known)
                yield Problem(
                    path=f"services.{name}.secrets[{index}]",
                    problem=f'there is no slot "{slot}"',
                    expected="one of " + ", ".join(known),
                    fix=f"did you mean {near}?" if near else "declare it in secrets.slots, or remove it",
                    involves=("services", "secrets.slots", "integrations"),
                )


def _sources(settings: Settings) -> Iterator[Problem]:
    """New names for variables that the service has not."""
    for name, one in settings.services.items():
        given = [*plain(settings, name), *secret(settings, name)]
        for renamed, variable in one.renamed.items():
            if variable not in given:
                yield Problem(
                    path=f"services.{name}.renamed.{renamed}",
                    problem=_not_given(name, variable),
                    expected="one of " + ", ".join(sorted(given)),
                    fix="correct or remove it",
                    involves=("services", "database", "cache", "integrations"),
                )


def _not_given(service: str, variable: str) -> str:
    known = next((one for one in VARIABLES if one.name == variable), None)
    if known is None:
        return f"the stack gives no variable {variable}"
    return f"{service} has no {variable}, which the stack gives a service that {known.when}"
