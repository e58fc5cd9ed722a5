"""Which system and environment a stack is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from stacks.environments import ENVIRONMENTS, Environment
from stacks.settings.problem import Problem
from stacks.settings.translate import did_you_mean
from stacks.systems import DEFAULT_SYSTEM, SYSTEMS


@dataclass(frozen=True)
class Identity:
    """A product and an environment; `standby` is its stack in the second region."""

    system: str
    environment: Environment
    standby: bool = False


STANDBY = "-standby"


def identify(stack: str, system: str | None, environment: str | None) -> Identity | list[Problem]:
    """What the configuration says wins over the stack's name.

    The name is `<environment>` or `<system>-<environment>`, and ends with `-standby` in the second region.
    """
    named_system, named_environment = _from_name(stack.removesuffix(STANDBY))
    system = system or named_system
    environment = environment or named_environment
    problems = [*_unknown_system(system, stack), *_unknown_environment(environment, stack)]
    return problems or Identity(system, cast(Environment, environment), stack.endswith(STANDBY))


def _from_name(stack: str) -> tuple[str, str]:
    if stack in ENVIRONMENTS:
        return DEFAULT_SYSTEM, stack
    system, _, environment = stack.rpartition("-")
    return (system, environment) if system else (DEFAULT_SYSTEM, stack)


def _unknown_system(system: str, stack: str) -> list[Problem]:
    return _unknown("system", "plinth:system", system, sorted(SYSTEMS), stack)


def _unknown_environment(environment: str, stack: str) -> list[Problem]:
    return _unknown("environment", "plinth:environment", environment, ENVIRONMENTS, stack)


def _unknown(kind: str, key: str, value: str, known: Sequence[str], stack: str) -> list[Problem]:
    if value in known:
        return []
    near = did_you_mean(value, known)
    hint = f'did you mean "{near}"? ' if near else ""
    choice = near or f"<{kind}>"
    return [
        Problem(
            path=key,
            problem=f'there is no {kind} "{value}"',
            expected="one of " + ", ".join(known),
            fix=f"{hint}pulumi config set -s {stack} {key} {choice}, or rename the stack",
        )
    ]
