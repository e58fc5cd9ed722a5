"""A rule of the pack: a check on plain data, and the words and weight that go with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.environment import Environment
from policies.verdict import Verdict


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Level(StrEnum):
    """What a violation does: nothing, warn, or stop the deployment."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"


class Scope(StrEnum):
    """RESOURCE: `check(resource)`, before it is created. STACK: `check(resource, graph)`, at the end."""

    RESOURCE = "resource"
    STACK = "stack"


@dataclass(frozen=True)
class Control:
    """One requirement of a published standard that the rule serves."""

    standard: str
    version: str
    id: str

    def __str__(self) -> str:
        return f"{self.standard} {self.version} {self.id}"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`title` is the wish, `fix` the way there; `types` are the canonical tokens that `check` judges."""

    id: str
    title: str
    fix: str
    severity: Severity
    levels: Mapping[Environment, Level]
    controls: tuple[Control, ...]
    scope: Scope
    types: tuple[str, ...]
    check: Callable[..., Iterator[Verdict]]

    def level(self, environment: Environment) -> Level:
        return self.levels[environment]
