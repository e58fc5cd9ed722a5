"""From a stack's name and configuration to its settings, or to everything that is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from stacks.environments import defaults
from stacks.settings.contradictions import contradictions
from stacks.settings.errors import ConfigurationError
from stacks.settings.identity import Identity, identify
from stacks.settings.keys import DEFAULT_REGION, encrypted, unknown_keys, unknown_region, wrong_overrides
from stacks.settings.layers import lay
from stacks.settings.merge import without
from stacks.settings.problem import Problem, as_yaml
from stacks.settings.root import Settings
from stacks.settings.strangers import strangers
from stacks.settings.translate import dotted, translate
from stacks.systems import SYSTEMS


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What a stack file says: `values` are the `plinth:…` keys, `encrypted` those with a secret inside."""

    stack: str
    region: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    encrypted: frozenset[str] = frozenset()


def load(configuration: Configuration) -> Settings:
    """The settings of the stack; ConfigurationError with every problem when there are any."""
    if configuration.encrypted:
        raise ConfigurationError(configuration.stack, encrypted(configuration.encrypted))
    wrong_region = unknown_region(configuration.stack, configuration.region)
    problems = [*unknown_keys(configuration.values), *wrong_overrides(configuration.values), *wrong_region]
    identity = identify(
        configuration.stack, configuration.values.get("system"), configuration.values.get("environment")
    )
    if isinstance(identity, list):
        raise ConfigurationError(configuration.stack, [*problems, *identity])
    region = None if wrong_region else configuration.region
    settings, more = _settings(identity, _overrides(configuration.values), region)
    if settings is None or problems or more:
        raise ConfigurationError(configuration.stack, [*problems, *more])
    return settings


def base(
    identity: Identity, region: str | None = None, overrides: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the environment and the system say, and over it `overrides`."""
    environment, system = defaults(identity.environment), SYSTEMS[identity.system](identity.environment)
    merged = lay(environment, system, overrides or {})
    second = merged.get("regions", {}).get("second") if identity.standby else None
    own = {
        "system": identity.system,
        "environment": identity.environment,
        "standby": identity.standby,
        "region": region or second or DEFAULT_REGION,
    }
    return {**merged, **own}


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
        settings = Settings.model_validate(base(identity, region, free))
    except ValidationError as error:
        told = strangers(translate(error), below["services"])
        return None, [*problems, *told, *_other_contradictions(identity, region, free, error)]
    return settings, [*problems, *contradictions(settings)]


FIXED = {
    "system": "plinth:system, or by the stack's name",
    "environment": "plinth:environment, or by the stack's name",
    "standby": "the end -standby of the stack's name",
    "region": "aws:region",
}


def _fixed(below: Mapping[str, Any], overrides: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            path=key,
            problem="it cannot be overridden",
            expected=f"it to be given by {source}",
            fix=f"remove it from plinth:overrides; it is {as_yaml(below[key])}",
        )
        for key, source in FIXED.items()
        if key in overrides
    ]


def _other_contradictions(
    identity: Identity, region: str | None, overrides: Mapping[str, Any], error: ValidationError
) -> list[Problem]:
    """Contradictions among the settings that are legal by themselves; the others fall back to their base."""
    wrong = [tuple(step for step in detail["loc"] if step != "[key]") for detail in error.errors()]
    try:
        rest = Settings.model_validate(base(identity, region, without(overrides, wrong)))
    except ValidationError:
        return []
    spoiled = [dotted(path) for path in wrong]
    return [problem for problem in contradictions(rest) if not _rests_on(problem, spoiled)]


def _rests_on(problem: Problem, spoiled: list[str]) -> bool:
    return any(path.startswith(setting) for path in spoiled for setting in problem.involves)
