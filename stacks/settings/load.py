"""From a stack's name and configuration to its settings, or to everything that is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from stacks.environments import defaults
from stacks.settings.contradictions import contradictions
from stacks.settings.errors import ConfigurationError
from stacks.settings.identity import Identity, identify
from stacks.settings.merge import merge, without
from stacks.settings.problem import Problem
from stacks.settings.root import Settings
from stacks.settings.translate import did_you_mean, dotted, translate
from stacks.systems import SYSTEMS

REGION = r"[a-z]{2}(-[a-z]+)+-\d"
DEFAULT_REGION = "us-east-1"
KEYS = ("system", "environment", "overrides")


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What a stack file says: `values` are the `plinth:…` keys, `encrypted` those of them with a secret inside."""

    stack: str
    region: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    encrypted: frozenset[str] = frozenset()


def load(configuration: Configuration) -> Settings:
    """The settings of the stack; ConfigurationError with every problem when there are any."""
    if configuration.encrypted:
        raise ConfigurationError(configuration.stack, _encrypted(configuration.encrypted))
    problems = [*_unknown_keys(configuration.values), *_wrong_overrides(configuration.values)]
    identity = identify(
        configuration.stack, configuration.values.get("system"), configuration.values.get("environment")
    )
    if isinstance(identity, list):
        raise ConfigurationError(configuration.stack, [*problems, *identity])
    problems += _wrong_region(configuration)
    region = configuration.region if not _wrong_region(configuration) else None
    settings, more = _settings(identity, _overrides(configuration.values), region)
    if settings is None or problems or more:
        raise ConfigurationError(configuration.stack, [*problems, *more])
    return settings


def base(identity: Identity, region: str | None = None) -> dict[str, Any]:
    """What the environment and the system say, before anybody overrides it."""
    own = {"system": identity.system, "environment": identity.environment, "region": region or DEFAULT_REGION}
    return merge(merge(defaults(identity.environment), SYSTEMS[identity.system](identity.environment)), own)


def _encrypted(keys: frozenset[str]) -> list[Problem]:
    """Nothing else is checked then, because an error text must not quote what is encrypted."""
    return [
        Problem(
            path=f"plinth:{key}",
            problem="it holds an encrypted value, and no setting is secret",
            expected="plain values",
            fix="remove the encrypted value; add a slot to secrets.slots and fill that in AWS",
        )
        for key in sorted(keys)
    ]


def _unknown_keys(values: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            path=f"plinth:{key}",
            problem="there is no such key",
            expected="one of " + ", ".join(f"plinth:{known}" for known in KEYS),
            fix=f"did you mean plinth:{near}?" if (near := did_you_mean(key, KEYS)) else _move_below(key),
        )
        for key in values
        if key not in KEYS
    ]


def _move_below(key: str) -> str:
    if key in Settings.model_fields:
        return f"move it below plinth:overrides, as {key}"
    return "remove it; settings stand below plinth:overrides"


def _wrong_overrides(values: Mapping[str, Any]) -> list[Problem]:
    overrides = values.get("overrides", {})
    if isinstance(overrides, Mapping):
        return []
    return [
        Problem(
            path="plinth:overrides",
            problem=f'"{overrides}" is not a mapping',
            expected="sections and their settings, e.g. {network: {nat: single}}",
            fix="indent the settings below plinth:overrides",
        )
    ]


def _wrong_region(configuration: Configuration) -> list[Problem]:
    region = configuration.region
    if region is None or re.fullmatch(REGION, region):
        return []
    return [
        Problem(
            path="aws:region",
            problem=f'"{region}" is not the name of a region',
            expected=f"a name like {DEFAULT_REGION}",
            fix=f"pulumi config set -s {configuration.stack} aws:region {DEFAULT_REGION}",
        )
    ]


def _overrides(values: Mapping[str, Any]) -> Mapping[str, Any]:
    overrides = values.get("overrides", {})
    return overrides if isinstance(overrides, Mapping) else {}


def _settings(
    identity: Identity, overrides: Mapping[str, Any], region: str | None
) -> tuple[Settings | None, list[Problem]]:
    below = base(identity, region)
    problems = _fixed(below, overrides)
    free = {key: value for key, value in overrides.items() if key not in FIXED}
    try:
        settings = Settings.model_validate(merge(below, free))
    except ValidationError as error:
        return None, [*problems, *translate(error), *_other_contradictions(below, free, error)]
    return settings, [*problems, *contradictions(settings)]


FIXED = {
    "system": "plinth:system, or by the stack's name",
    "environment": "plinth:environment, or by the stack's name",
    "region": "aws:region",
}


def _fixed(below: Mapping[str, Any], overrides: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            path=key,
            problem="it cannot be overridden",
            expected=f"it to be given by {source}",
            fix=f"remove it from plinth:overrides; it is {below[key]}",
        )
        for key, source in FIXED.items()
        if key in overrides
    ]


def _other_contradictions(
    below: Mapping[str, Any], overrides: Mapping[str, Any], error: ValidationError
) -> list[Problem]:
    """Contradictions among the settings that are legal by themselves; the others fall back to their base."""
    wrong = [tuple(step for step in detail["loc"] if step != "[key]") for detail in error.errors()]
    try:
        rest = Settings.model_validate(merge(below, without(overrides, wrong)))
    except ValidationError:
        return []
    spoiled = [dotted(path) for path in wrong]
    return [problem for problem in contradictions(rest) if not _rests_on(problem, spoiled)]


def _rests_on(problem: Problem, spoiled: list[str]) -> bool:
    return any(path.startswith(setting) for path in spoiled for setting in problem.involves)
