import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from policies import say
from policies.engine import Judge, Outcome, evaluate
from policies.environment import Environment
from policies.pack import RULES
from policies.resource import Resource
from policies.rule import Level, Rule
from policies.verdict import Verdict
from tests.policies import cases

_DATABASE = "aws:rds/instance:Instance"


def test_a_broken_rule_is_a_finding_at_its_own_level_and_tells_no_value() -> None:
    [finding] = Judge([_rule(_broken)], Environment.PRODUCTION).resource(_database({"password": "canary"}))
    assert (finding.outcome, finding.level) == (Outcome.ERROR, Level.MANDATORY)
    assert finding.message.startswith("the rule broke: RuntimeError at test_engine.py:")
    assert "canary" not in say.text(finding)


def test_a_disabled_rule_says_nothing() -> None:
    off = replace(_rule(_broken), levels=dict.fromkeys(Environment, Level.DISABLED))
    assert Judge([off], Environment.PRODUCTION).resource(_database({})) == []


def test_a_finding_says_what_where_and_how_to_fix_it() -> None:
    judge = Judge([rule for rule in RULES if rule.id == "rds-not-public"], Environment.DEV)
    [finding] = judge.resource(_database({"publiclyAccessible": True}))
    assert say.text(finding) == (
        "Databases have no public address.\n"
        "publiclyAccessible is true.\n"
        "Fix: Remove publicly_accessible, and reach the database from inside the network."
    )


def test_two_thousand_resources_are_judged_in_seconds() -> None:
    resources = _stack(2000)
    judge = Judge(RULES, Environment.PRODUCTION)
    started = time.perf_counter()
    findings = evaluate(judge, resources)
    assert time.perf_counter() - started < 3
    assert len(findings) > 2000


def _stack(at_least: int) -> list[Resource]:
    """All cases as one stack, over and over."""
    resources: list[Resource] = []
    while len(resources) < at_least:
        for case in cases.load():
            prefix = f"{len(resources)} "
            resources += [_renamed(resource, prefix) for resource in case.resources]
    return resources


def _renamed(resource: Resource, prefix: str) -> Resource:
    references = {key: tuple(prefix + urn for urn in urns) for key, urns in resource.references.items()}
    return replace(resource, urn=prefix + resource.urn, references=references)


def _database(properties: dict[str, object]) -> Resource:
    return Resource("urn", _DATABASE, "db", properties)


def _rule(check: Callable[..., Iterator[Verdict]]) -> Rule:
    return replace(next(rule for rule in RULES if rule.id == "rds-encrypted"), check=check)


def _broken(resource: Resource) -> Iterator[Verdict]:
    yield from ()
    raise RuntimeError(resource.at("password").value)
