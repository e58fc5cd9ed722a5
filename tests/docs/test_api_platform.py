"""docs/api-platform.md against the system that it describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from stacks.recovery.achieved import Achieved, achieved
from stacks.recovery.duration import duration
from stacks.recovery.scope import Scope, Store
from stacks.recovery.way import Seconds
from stacks.settings.chapters import chapters
from stacks.settings.load import Configuration, load
from stacks.settings.mechanisms import chosen
from tests.docs.blocks import ROOT
from tests.stacks.systems.api_platform import flood_limit, told
from tests.stacks.systems.standing import standing

PAGE = (ROOT / "docs" / "api-platform.md").read_text()
PRODUCTION = "api-platform-production"


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_the_limits_are_those_that_the_stacks_have(environment: str) -> None:
    [row] = [row for row in rows("Its limits") if row[0] == environment]
    system = standing(f"api-platform-{environment}")
    given = told(system, "api")
    flood = flood_limit(system)["Statement"]["RateBasedStatement"]["Limit"]
    assert row[1:3] == [given.get(name, "unlimited") for name in ("RATE_LIMIT_USER", "RATE_LIMIT_BURST")]
    assert row[3] == ("unlimited" if flood == 2_000_000_000 else str(flood // 5))


def test_every_box_of_the_document_s_picture_has_its_place() -> None:
    assert [row[0] for row in rows("Its picture")] == [
        "Load Balancer/CDN",
        "API Gateway",
        "Authentication Service",
        "Application Servers",
        "Production Database",
        "Backup Systems",
    ]
    services = load(Configuration(stack=PRODUCTION)).services
    assert set(re.findall(r"`services\.(\w+)`", section("Its picture"))) == set(services)
    assert {"3000", "3001"} == {str(one.port) for one in services.values()}


@pytest.mark.proves("S2-48")
def test_the_two_promises_are_what_the_settings_achieve() -> None:
    (block,) = re.findall(r"```text\n(.*?)```", section("Two promises that exclude each other"), re.DOTALL)
    columns = [_achieved({}), _achieved(yaml.safe_load(block))]
    zone, away, lost = rows("Two promises that exclude each other")
    for cell, found in zip(zone[1:], columns, strict=True):
        assert cell == duration(found.of(Store.DATABASE, Scope.ZONE).rto_seconds)
    for cell, found in zip(away[1:], columns, strict=True):
        assert cell == _about(found.of(Store.DATABASE, Scope.REGION).rto_seconds)
    for cell, found in zip(lost[1:], columns, strict=True):
        assert cell == _about(found.of(Store.DATABASE, Scope.REGION).rpo_seconds)


@pytest.mark.proves("S2-48")
def test_the_procedure_names_what_there_is() -> None:
    steps = section("When the application must move")
    assert [line[0] for line in steps.splitlines() if re.match(r"\d\. ", line)] == ["1", "2", "3", "4", "5"]
    known = {entry.path for chapter in chapters() for entry in chapter.entries}
    named = set(re.findall(r"`((?:regions|database)\.\w+)`", steps))
    assert named == {"regions.database_promoted", "database.restore_snapshot", "regions.standby_tasks"}
    assert named <= known
    assert "dump_copy_bucket" in standing(PRODUCTION).outputs
    (stack,) = re.findall(r"`Pulumi\.([\w-]+)\.yaml`", steps)
    assert f"pulumi up -s {stack}`" in steps
    assert load(Configuration(stack=stack, region="us-west-2")).standby


@pytest.mark.proves("S2-48")
def test_the_procedure_s_settings_start_the_standby() -> None:
    """As many tasks as production has at least, with what was restored."""
    least = load(Configuration(stack=PRODUCTION)).services["api"].scaling
    assert least is not None
    awake = {"database": {"restore_snapshot": "last"}, "regions": {"standby_tasks": least.min}}
    stack = Configuration(stack=f"{PRODUCTION}-standby", region="us-west-2", values={"overrides": awake})
    assert load(stack).regions.standby_tasks == 3


def _achieved(overrides: Mapping[str, Any]) -> Achieved:
    return achieved(chosen(load(Configuration(stack=PRODUCTION, values={"overrides": dict(overrides)}))))


def _about(seconds: Seconds) -> str:
    return f"about {duration(seconds)}"
