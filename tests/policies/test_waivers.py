from datetime import date
from pathlib import Path

import pytest

from policies import waivers
from policies.engine import Finding, Judge, Outcome
from policies.environment import Environment
from policies.pack import RULES
from policies.resource import Resource
from policies.waivers import Waiver, WaiverError

TODAY = date(2026, 11, 21)
IDS = [rule.id for rule in RULES]

WAIVER = Waiver(
    rule="rds-backup-enabled",
    resource="la-*-database",
    reason="Load-test database, rebuilt every night.",
    owner="data-team",
    expires=date(2026, 11, 21),
    environments=frozenset({Environment.STAGING}),
)


def test_the_shipped_file_is_usable() -> None:
    assert waivers.load(waivers.FILE, IDS) == ()


def test_a_waived_violation_stays_visible_with_its_waiver() -> None:
    finding, judge = _judged("la-stg-database", Environment.STAGING, TODAY)
    assert (finding.outcome, finding.waiver) == (Outcome.WAIVED, WAIVER)
    assert list(judge.stale_waivers()) == []


@pytest.mark.parametrize(
    ("name", "environment", "today", "stale"),
    [
        ("other-database", Environment.STAGING, TODAY, ["waives nothing"]),
        ("la-stg-database", Environment.STAGING, date(2026, 11, 22), ["expired on 2026-11-21"]),
        ("la-prod-database", Environment.PRODUCTION, TODAY, []),
    ],
)
def test_a_waiver_that_does_not_count_changes_nothing_and_is_reported(
    name: str, environment: Environment, today: date, stale: list[str]
) -> None:
    finding, judge = _judged(name, environment, today)
    assert (finding.outcome, finding.waiver) == (Outcome.VIOLATION, None)
    assert [why for _, why in judge.stale_waivers()] == stale


def test_a_waiver_is_read_from_yaml(tmp_path: Path) -> None:
    path = _written(
        tmp_path,
        "rule: rds-backup-enabled\n    resource: la-*-database\n"
        "    reason: Load-test database, rebuilt every night.\n    owner: data-team\n"
        "    expires: 2026-11-21\n    environments: [staging]",
    )
    assert waivers.load(path, IDS) == (WAIVER,)


def test_all_mistakes_of_the_file_are_told_at_once(tmp_path: Path) -> None:
    path = _written(
        tmp_path,
        "rule: rds-encryption\n    resource: db\n    reason: because\n"
        "    expires: '2027-01-31'\n    environments: [prod]\n    ticket: X-1",
    )
    with pytest.raises(WaiverError) as caught:
        waivers.load(path, IDS)
    assert str(caught.value).splitlines() == [
        "waivers.yaml: waiver 1: owner: is missing."
        " Expected all of rule, resource, reason, owner, expires. Fix: add it.",
        "waivers.yaml: waiver 1: ticket: is not a key of a waiver."
        " Expected rule, resource, reason, owner, expires, environments. Fix: remove it.",
        "waivers.yaml: waiver 1: rule: rds-encryption is not a rule of this pack."
        " Fix: take an id from docs/policies.md.",
        "waivers.yaml: waiver 1: reason: too short."
        " Expected at least 20 characters. Fix: say why it is safe.",
        "waivers.yaml: waiver 1: expires: is not a date."
        " Expected a day such as 2027-01-31. Fix: write it so, without quotes.",
        "waivers.yaml: waiver 1: environments: unknown word."
        " Expected a list of dev, staging, production. Fix: use those.",
    ]


@pytest.mark.parametrize("text", ["", "waivers:", "waivers: {}", "- rule"])
def test_a_file_without_a_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WaiverError, match="no list of waivers"):
        waivers.load(path, IDS)


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("waivers: [", encoding="utf-8")
    with pytest.raises(WaiverError, match="is not YAML"):
        waivers.load(path, IDS)


def _judged(name: str, environment: Environment, today: date) -> tuple[Finding, Judge]:
    judge = Judge([rule for rule in RULES if rule.id == WAIVER.rule], environment, [WAIVER], today)
    [finding] = judge.resource(
        Resource("urn", "aws:rds/instance:Instance", name, {"backupRetentionPeriod": 0})
    )
    return finding, judge


def _written(folder: Path, waiver: str) -> Path:
    path = folder / "waivers.yaml"
    path.write_text(f"waivers:\n  - {waiver}\n", encoding="utf-8")
    return path
