"""Violations that somebody answers for: why, who, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from policies.environment import Environment

FILE = Path(__file__).with_name("waivers.yaml")

_REQUIRED = ("rule", "resource", "reason", "owner", "expires")
_KEYS = (*_REQUIRED, "environments")
_SHORTEST_REASON = 20


class WaiverError(Exception):
    """The waivers file cannot be used; the text lists all its mistakes."""


@dataclass(frozen=True)
class Waiver:
    """`resource` is a logical name and may hold `*`; no environments means all; valid through `expires`."""

    rule: str
    resource: str
    reason: str
    owner: str
    expires: date
    environments: frozenset[Environment] = frozenset(Environment)

    def covers(self, rule: str, resource: str, environment: Environment) -> bool:
        return self.rule == rule and environment in self.environments and fnmatchcase(resource, self.resource)

    def has_expired(self, today: date) -> bool:
        return self.expires < today


def load(path: Path, rules: Iterable[str]) -> tuple[Waiver, ...]:
    """Read the waivers; raises WaiverError with every mistake, so that none is silently without effect."""
    known = frozenset(rules)
    entries = _entries(path)
    mistakes = [
        f"{path.name}: waiver {number}: {mistake}"
        for number, entry in enumerate(entries, 1)
        for mistake in _mistakes(entry, known)
    ]
    if mistakes:
        raise WaiverError("\n".join(mistakes))
    return tuple(_waiver(entry) for entry in entries)


def _entries(path: Path) -> list[object]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise WaiverError(f"{path.name}: is not YAML. {error}") from error
    entries = content.get("waivers") if isinstance(content, Mapping) else None
    if not isinstance(entries, list):
        raise WaiverError(f"{path.name}: no list of waivers. Expected `waivers: []`. Fix: add that line.")
    return entries


def _mistakes(entry: object, rules: frozenset[str]) -> Iterable[str]:
    if not isinstance(entry, Mapping):
        yield "is not a mapping. Expected the keys " + ", ".join(_REQUIRED) + "."
        return
    for key in _REQUIRED:
        if not entry.get(key):
            yield f"{key}: is missing. Expected all of {', '.join(_REQUIRED)}. Fix: add it."
    for key in sorted(set(entry) - {*_KEYS}):
        yield f"{key}: is not a key of a waiver. Expected {', '.join(_KEYS)}. Fix: remove it."
    yield from _wrong_values(entry, rules)


def _wrong_values(entry: Mapping[str, object], rules: frozenset[str]) -> Iterable[str]:
    if entry.get("rule") and entry["rule"] not in rules:
        yield f"rule: {entry['rule']} is not a rule of this pack. Fix: take an id from docs/policies.md."
    if entry.get("reason") and len(str(entry["reason"])) < _SHORTEST_REASON:
        yield f"reason: too short. Expected at least {_SHORTEST_REASON} characters. Fix: say why it is safe."
    if entry.get("expires") and type(entry["expires"]) is not date:
        yield "expires: is not a date. Expected a day such as 2027-01-31. Fix: write it so, without quotes."
    environments = entry.get("environments", [])
    if not isinstance(environments, list) or not set(environments) <= set(Environment):
        yield f"environments: unknown word. Expected a list of {', '.join(Environment)}. Fix: use those."


def _waiver(entry: Any) -> Waiver:
    return Waiver(
        rule=entry["rule"],
        resource=str(entry["resource"]),
        reason=str(entry["reason"]),
        owner=str(entry["owner"]),
        expires=entry["expires"],
        environments=frozenset(map(Environment, entry.get("environments", Environment))),
    )
