"""Judges resources by the rules; knows nothing of Pulumi, so that reports and tests can use it too."""

import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from policies.environment import Environment
from policies.graph import Graph
from policies.resource import Resource
from policies.rule import Level, Rule, Scope
from policies.verdict import Status, Verdict
from policies.waivers import Waiver


class Outcome(StrEnum):
    """A verdict after waivers; ERROR is a rule that broke."""

    COMPLIANT = "compliant"
    VIOLATION = "violation"
    WAIVED = "waived"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """What one rule says about one resource; `level` is what it means in this environment."""

    rule: Rule
    resource: Resource
    outcome: Outcome
    level: Level
    message: str = ""
    path: str = ""
    waiver: Waiver | None = None


class Judge:
    """The pack for one run: resources as they come, then the whole stack, then what waivers are stale."""

    def __init__(
        self,
        rules: Iterable[Rule],
        environment: Environment,
        waivers: Iterable[Waiver] = (),
        today: date | None = None,
    ) -> None:
        self.environment = environment
        self.rules = tuple(rules)
        self._waivers = tuple(waivers)
        self._today = today or datetime.now(UTC).date()
        self._used: set[Waiver] = set()
        self._by_type: dict[tuple[Scope, str], list[Rule]] = defaultdict(list)
        for rule in self.rules:
            for type_ in rule.types:
                self._by_type[rule.scope, type_].append(rule)

    def applicable(self, scope: Scope, type_: str) -> list[Rule]:
        return self._by_type.get((scope, type_), [])

    def resource(self, resource: Resource) -> list[Finding]:
        """All findings of the resource rules about one resource."""
        return [
            finding
            for rule in self.applicable(Scope.RESOURCE, resource.type)
            for finding in self._findings(rule, resource)
        ]

    def stack(self, resources: Iterable[Resource]) -> list[Finding]:
        """All findings of the stack rules about all resources."""
        graph = Graph(resources, self.environment)
        return [
            finding
            for resource in graph.resources
            for rule in self.applicable(Scope.STACK, resource.type)
            for finding in self._findings(rule, resource, graph)
        ]

    def stale_waivers(self) -> Iterator[tuple[Waiver, str]]:
        """Waivers of this environment that count no longer or never counted; ask after `stack`."""
        for waiver in self._waivers:
            if self.environment not in waiver.environments:
                continue
            if waiver.has_expired(self._today):
                yield waiver, f"expired on {waiver.expires}"
            elif waiver not in self._used:
                yield waiver, "waives nothing"

    def _findings(self, rule: Rule, resource: Resource, *graph: Graph) -> Iterator[Finding]:
        level = rule.level(self.environment)
        if level is Level.DISABLED:
            return
        try:
            verdicts = _decisive(rule.check(resource, *graph))
        except Exception as error:  # noqa: BLE001 (a broken rule is reported, never the end of a preview)
            yield Finding(
                rule,
                resource,
                Outcome.ERROR,
                level,
                _broken(error),
            )
            return
        for verdict in verdicts:
            yield self._finding(rule, resource, level, verdict)

    def _finding(self, rule: Rule, resource: Resource, level: Level, verdict: Verdict) -> Finding:
        outcome, waiver = Outcome(verdict.status), None
        if verdict.status is Status.VIOLATION:
            waiver = self._waiver_for(rule, resource)
            outcome = Outcome.WAIVED if waiver else outcome
        return Finding(rule, resource, outcome, level, verdict.message, verdict.path, waiver)

    def _waiver_for(self, rule: Rule, resource: Resource) -> Waiver | None:
        for waiver in self._waivers:
            covers = waiver.covers(rule.id, resource.name, self.environment)
            if covers and not waiver.has_expired(self._today):
                self._used.add(waiver)
                return waiver
        return None


def evaluate(judge: Judge, resources: Iterable[Resource]) -> list[Finding]:
    """Judge a finished list of resources, such as a state or a preview, by all rules."""
    known = tuple(resources)
    return [finding for resource in known for finding in judge.resource(resource)] + judge.stack(known)


def _broken(error: Exception) -> str:
    """The kind of error and the line of the rule; never its text, which may hold a property's value."""
    line = traceback.extract_tb(error.__traceback__)[-1]
    return f"the rule broke: {type(error).__name__} at {Path(line.filename).name}:{line.lineno}"


def _decisive(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Drop the praise when there is blame; nothing said at all is praise."""
    said = dict.fromkeys(verdicts)
    blame = [verdict for verdict in said if verdict.status is not Status.COMPLIANT]
    return blame or [Verdict(Status.COMPLIANT)]
