"""A whole stack in a simulated cloud of its own, and what boto3 said of its watchers and copies."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pulumi

from simcloud.testing import Simulation
from stacks.assemble import assemble
from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings

Told = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Watched:
    """`answers` were asked before another stack took its place; `far` are those of us-east-1."""

    settings: Settings
    simulation: Simulation
    outputs: Mapping[str, Any]
    answers: Mapping[str, Told]
    far: Mapping[str, Told]

    def of(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The inputs of every resource of a type such as `backup/plan:Plan`, by name without the stack's prefix."""
        made = self.simulation.of_type(f"aws:{kind}")
        return {item.name.removeprefix(f"{self.settings.prefix}-"): item.inputs for item in made}

    def alarm(self, name: str) -> Mapping[str, Any]:
        """As CloudWatch tells it."""
        [found] = [
            one for one in self.answers["alarms"] if one["AlarmName"] == f"{self.settings.prefix}-{name}"
        ]
        return found

    def alarms(self) -> list[str]:
        """All names, without the stack's prefix."""
        return [one["AlarmName"].removeprefix(f"{self.settings.prefix}-") for one in self.answers["alarms"]]

    def tells(self, name: str) -> list[str]:
        """The severities of the topics that an alarm tells."""
        return [arn.rpartition("-alarms-")[2].split("-")[0] for arn in self.alarm(name)["AlarmActions"]]

    def widgets(self) -> list[str]:
        """The headings and titles of the dashboard, from top to bottom."""
        [board] = self.of("cloudwatch/dashboard:Dashboard").values()
        shown = [one["properties"] for one in json.loads(str(board["dashboardBody"]))["widgets"]]
        return [one.get("title") or one["markdown"] for one in shown]


def watched(
    stack: str,
    overrides: Mapping[str, Any] | None = None,
    region: str = "us-east-1",
    before: str | None = None,
) -> Watched:
    """The stack with `overrides`; made once. `before` names a secret that is there before, which pages."""
    return _watched(stack, json.dumps(overrides or {}), region, before)


@cache
def _watched(stack: str, overrides: str, region: str, before: str | None) -> Watched:
    simulation, given = Simulation(stack=stack, region=region), json.loads(overrides)
    if before is not None:
        given.setdefault("alarms", {})["pager_secret_arn"] = _secret(simulation, before)
    settings = load(Configuration(stack=stack, region=region, values={"overrides": given}))
    outputs = simulation.run(lambda: pulumi.Output.all(**assemble(settings)))
    near, far = (
        {
            what: ask(lambda service, at=where: simulation.client(service, at))
            for what, ask in QUESTIONS.items()
        }
        for where in (region, "us-east-1")
    )
    return Watched(settings, simulation, outputs, near, far)


def _secret(simulation: Simulation, url: str) -> str:
    made = simulation.client("secretsmanager").create_secret(Name="pager", SecretString=url)
    return str(made["ARN"])


QUESTIONS: Mapping[str, Callable[[Callable[[str], Any]], Told]] = {
    "alarms": lambda client: client("cloudwatch").describe_alarms(MaxRecords=100)["MetricAlarms"],
    "composites": lambda client: client("cloudwatch").describe_alarms(AlarmTypes=["CompositeAlarm"])[
        "CompositeAlarms"
    ],
    "groups": lambda client: client("logs").describe_log_groups()["logGroups"],
    "filters": lambda client: client("logs").describe_metric_filters()["metricFilters"],
    "searches": lambda client: client("logs").describe_query_definitions()["queryDefinitions"],
    "subscriptions": lambda client: client("sns").list_subscriptions()["Subscriptions"],
    "checks": lambda client: client("route53").list_health_checks()["HealthChecks"],
    "canaries": lambda client: client("synthetics").describe_canaries()["Canaries"],
    "plans": lambda client: [
        client("backup").get_backup_plan(BackupPlanId=one["BackupPlanId"])["BackupPlan"]
        for one in client("backup").list_backup_plans()["BackupPlansList"]
    ],
    "vaults": lambda client: client("backup").list_backup_vaults()["BackupVaultList"],
    "trails": lambda client: client("cloudtrail").describe_trails()["trailList"],
    "budgets": lambda client: client("budgets").describe_budgets(AccountId="123456789012").get("Budgets", []),
    "messages of databases": lambda client: client("rds").describe_event_subscriptions()[
        "EventSubscriptionsList"
    ],
}
