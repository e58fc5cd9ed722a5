"""A stack up to its services and relations, without who watches it, in a simulated cloud of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from simcloud.testing import Simulation
from stacks.parts.application import run_application
from stacks.parts.data import keep_data
from stacks.parts.entrance import open_entrance
from stacks.parts.ground import lay_ground
from stacks.parts.relations import connect
from stacks.parts.walls import wall_in
from stacks.settings.load import Configuration, load
from stacks.settings.root import Settings
from tests.components.reachability import survey


@dataclass(frozen=True)
class Applied:
    """What was made, and what boto3 said of it before another stack took its place; `reaches` is who reaches whom."""

    settings: Settings
    simulation: Simulation
    tasks: Mapping[str, Mapping[str, Any]]
    answers: Mapping[str, Sequence[Mapping[str, Any]]]
    reaches: Mapping[tuple[str, str], str]

    def of(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The inputs of every resource of a type such as `ecs/service:Service`, by name."""
        return {item.name: item.inputs for item in self.simulation.of_type(f"aws:{kind}")}

    def service(self, name: str) -> Mapping[str, Any]:
        return self.of("ecs/service:Service")[f"{self.settings.prefix}-{name}"]

    def task(self, name: str) -> Mapping[str, Any]:
        """The task definition of a service."""
        return self.tasks[name]

    def containers(self, name: str) -> dict[str, Mapping[str, Any]]:
        return {one["name"]: one for one in self.task(name)["containerDefinitions"]}

    def relation(self, target: str, source: str) -> int:
        """The port on which `target` lets `source` in; KeyError where it does not."""
        rules = self.of("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        found = {name.rpartition("-")[0].rpartition("-")[0]: rule["fromPort"] for name, rule in rules.items()}
        return int(found[f"{self.settings.prefix}-{target}-from-{source}"])

    def environment(self, name: str) -> dict[str, str]:
        return {one["name"]: one["value"] for one in self.containers(name)["app"]["environment"]}

    def secrets(self, name: str) -> dict[str, str]:
        return {one["name"]: one["valueFrom"] for one in self.containers(name)["app"]["secrets"]}

    def policies(self, role: str) -> dict[str, list[dict[str, Any]]]:
        """The statements of a role's own policies by the policies' logical names; `role` is `web-task`."""
        made = self.simulation.standing.values()
        [identity] = [one.identity for one in made if one.name == f"{self.settings.prefix}-{role}"]
        return {
            one.name: json.loads(str(one.outputs["policy"]))["Statement"]
            for one in made
            if one.type == "aws:iam/rolePolicy:RolePolicy" and one.outputs["role"] == identity
        }


def applied(stack: str, overrides: Mapping[str, Any] | None = None) -> Applied:
    """The stack with `overrides`; made once."""
    return _applied(stack, json.dumps(overrides or {}))


@cache
def _applied(stack: str, overrides: str) -> Applied:
    settings = load(Configuration(stack=stack, values={"overrides": json.loads(overrides)}))
    simulation = Simulation(stack=stack, region=settings.region)
    simulation.run(lambda: _apply(settings))
    return Applied(
        settings=settings,
        simulation=simulation,
        tasks={name: _task(simulation, f"{settings.prefix}-{name}") for name in settings.services},
        answers={what: ask(simulation.client) for what, ask in QUESTIONS.items()},
        reaches=survey(simulation, settings.prefix, OUTSIDE).matrix(),
    )


OUTSIDE = {"cloudfront": "130.176.0.9"}
QUESTIONS: Mapping[str, Callable[[Callable[[str], Any]], Sequence[Mapping[str, Any]]]] = {
    "repositories": lambda client: client("ecr").describe_repositories()["repositories"],
    "target groups": lambda client: client("elbv2").describe_target_groups()["TargetGroups"],
    "log groups": lambda client: client("logs").describe_log_groups()["logGroups"],
    "identities": lambda client: client("sesv2").list_email_identities()["EmailIdentities"],
    "namespaces": lambda client: client("servicediscovery").list_namespaces()["Namespaces"],
    "scalable": lambda client: client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="ecs"
    )["ScalableTargets"],
    "scaling": lambda client: client("application-autoscaling").describe_scaling_policies(
        ServiceNamespace="ecs"
    )["ScalingPolicies"],
    "scheduled": lambda client: client("application-autoscaling").describe_scheduled_actions(
        ServiceNamespace="ecs"
    )["ScheduledActions"],
}


def _task(simulation: Simulation, family: str) -> Mapping[str, Any]:
    answer = simulation.client("ecs").describe_task_definition(taskDefinition=family)
    return dict(answer["taskDefinition"])


def _apply(settings: Settings) -> None:
    ground = lay_ground(settings)
    entrance, data = open_entrance(settings, ground), keep_data(settings, ground)
    application = run_application(settings, ground, entrance, data)
    connect(settings, ground, data, application)
    wall_in(settings, ground, entrance, data, application)
