"""The catalogue, pinned: a rule that appears, vanishes or changes its weight is a decision to review."""

import inspect
from pathlib import Path

import pulumi_aws
import pytest

import policies
from policies.environment import Environment
from policies.pack import RULES
from policies.rule import Rule, Scope

CATALOGUE = {
    "net-sg-no-open-high-risk-ports": "critical resource mandatory mandatory mandatory",
    "net-sg-public-ingress-only-on-edge": "high stack advisory mandatory mandatory",
    "net-db-subnet-no-igw-route": "critical stack mandatory mandatory mandatory",
    "rds-encrypted": "critical resource mandatory mandatory mandatory",
    "rds-not-public": "critical resource mandatory mandatory mandatory",
    "rds-backup-enabled": "high resource advisory mandatory mandatory",
    "s3-public-access-blocked": "critical stack mandatory mandatory mandatory",
    "s3-tls-only": "high stack advisory mandatory mandatory",
    "ecs-task-no-env-secrets": "critical resource mandatory mandatory mandatory",
    "cache-encrypted-in-transit": "high resource advisory mandatory mandatory",
    "lb-listener-encrypted": "high resource advisory mandatory mandatory",
    "edge-waf-everywhere": "high stack disabled advisory mandatory",
}

_ROOM = Path(policies.__file__).parent
_PROVIDER = Path(pulumi_aws.__file__).parent
_WITHOUT_CONTROLS = {"edge-waf-everywhere"}
"""No standard asks for it: the anchors check single resources only."""


def test_the_catalogue_is_what_was_decided() -> None:
    pinned = {
        rule.id: " ".join([rule.severity, rule.scope, *(rule.level(one) for one in Environment)])
        for rule in RULES
    }
    assert pinned == CATALOGUE
    assert len(RULES) == len(pinned)


def test_every_rule_file_is_in_the_pack_and_the_other_way_round() -> None:
    files = {
        f"{path.parent.name}-{path.stem.replace('_', '-')}"
        for path in _ROOM.glob("rules/*/*.py")
        if path.stem != "__init__"
    }
    assert files == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_its_own_check_and_all_its_words(rule: Rule) -> None:
    module = rule.check.__module__.removeprefix("policies.rules.")
    assert module.replace(".", "-").replace("_", "-") == rule.id
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.fix.endswith(".")
    assert bool(rule.controls) is (rule.id not in _WITHOUT_CONTROLS)
    assert "Matters here because" in (inspect.getdoc(inspect.getmodule(rule.check)) or "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_check_takes_what_its_scope_gives(rule: Rule) -> None:
    taken = len(inspect.signature(rule.check).parameters)
    assert taken == {Scope.RESOURCE: 1, Scope.STACK: 2}[rule.scope]


@pytest.mark.parametrize("type_", sorted({type_ for rule in RULES for type_ in rule.types}))
def test_the_provider_has_each_judged_type(type_: str) -> None:
    module = type_.split(":")[1].partition("/")[0]
    sources = (_PROVIDER / module).glob("*.py")
    assert any(f"'{type_}'" in path.read_text(encoding="utf-8") for path in sources)


def test_no_level_rises_from_production_to_dev() -> None:
    order = ["disabled", "advisory", "mandatory"]
    for rule in RULES:
        weights = [order.index(rule.level(one)) for one in Environment]
        assert weights == sorted(weights), rule.id
