from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings import _api
from simcloud.bindings.codedeploy import _configs
from simcloud.bindings.codedeploy._names import problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_NAMES = _api.members(
    ("deploymentConfigName", "computePlatform", "minimumHealthyHosts", "trafficRoutingConfig", "zonalConfig"),
    {},
)
_WORDS = {
    "TimeBasedCanary": {"interval": "canaryInterval", "percentage": "canaryPercentage"},
    "TimeBasedLinear": {"interval": "linearInterval", "percentage": "linearPercentage"},
}


class DeploymentConfig(Binding):
    """How fast, or to how many hosts at a time, a revision is rolled out."""

    token = "aws:codedeploy/deploymentConfig:DeploymentConfig"
    service = "codedeploy"
    operation = "create_deployment_config"
    replaces = frozenset(_NAMES)
    defaults = {"computePlatform": "Server"}
    autoname = AutoName(property="deploymentConfigName", limit=100)

    def request(self, ctx: Context, new: Props) -> Params:
        return _api.said(ctx, "codedeploy", "CreateDeploymentConfig", new, _NAMES, _WORDS)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["deploymentConfigName"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("codedeploy").get_deployment_config(deploymentConfigName=identity)
        found = answer["deploymentConfigInfo"]
        return {
            **_api.found(ctx, self.token, "codedeploy", "DeploymentConfigInfo", found, _NAMES, _WORDS),
            "arn": ctx.arn("codedeploy", f"deploymentconfig:{identity}"),
            "deploymentConfigId": found["deploymentConfigId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("codedeploy").delete_deployment_config(deploymentConfigName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, platform = new["deploymentConfigName"], new["computePlatform"]
        yield from problems(name, "deploymentConfigName", "InvalidDeploymentConfigNameException")
        if isinstance(name, str) and name.startswith(_configs.PREFIX):
            yield Refusal(
                "InvalidDeploymentConfigNameException",
                f"names that begin with {_configs.PREFIX} are AWS's own.",
                "deploymentConfigName",
            )
        if platform == "Server":
            yield from _server_problems(new)
        elif platform in ("ECS", "Lambda"):
            yield from _shift_problems(new)


# AWS: CreateDeploymentConfig, CodeDeploy API Reference; from memory of AWS's documentation, not verified.
def _server_problems(new: Props) -> Iterator[Refusal]:
    hosts = new.get("minimumHealthyHosts")
    if hosts is None:
        yield Refusal(
            "InvalidMinimumHealthyHostValueException",
            "minimumHealthyHosts is needed for the compute platform Server.",
            "minimumHealthyHosts",
        )
    if new.get("trafficRoutingConfig") is not None:
        yield _unfit("trafficRoutingConfig", "Server")
    if isinstance(hosts, dict) and hosts.get("type") == "FLEET_PERCENT":
        value = hosts.get("value")
        if isinstance(value, int) and not 0 <= value <= 100:
            yield Refusal(
                "InvalidMinimumHealthyHostValueException",
                f"{value} is not a percentage.",
                "minimumHealthyHosts.value",
            )


def _shift_problems(new: Props) -> Iterator[Refusal]:
    for name in ("minimumHealthyHosts", "zonalConfig"):
        if new.get(name) is not None:
            yield _unfit(name, new["computePlatform"])
    routing = new.get("trafficRoutingConfig")
    if routing is None:
        yield Refusal(
            "InvalidTrafficRoutingConfigurationException",
            f"trafficRoutingConfig is needed for the compute platform {new['computePlatform']}.",
            "trafficRoutingConfig",
        )
    elif isinstance(routing, dict):
        yield from _routing_problems(routing)


def _routing_problems(routing: Mapping[str, Value]) -> Iterator[Refusal]:
    wanted = {"TimeBasedCanary": "timeBasedCanary", "TimeBasedLinear": "timeBasedLinear"}
    kind = routing.get("type")
    if isinstance(kind, str) and kind in wanted and routing.get(wanted[kind]) is None:
        yield _wrong(f"{wanted[kind]} is needed for the type {kind}.", wanted[kind])
    for property_type, name in wanted.items():
        block = routing.get(name)
        if not isinstance(block, dict):
            continue
        if isinstance(kind, str) and kind != property_type:
            yield _wrong(f"{name} does not go with the type {kind}.", name)
        percentage, interval = block.get("percentage"), block.get("interval")
        if isinstance(percentage, int) and not 1 <= percentage <= 99:
            yield _wrong(f"percentage {percentage} is not 1 to 99.", f"{name}.percentage")
        if isinstance(interval, int) and not 1 <= interval <= 2880:
            yield _wrong(f"interval {interval} is not 1 to 2880 minutes.", f"{name}.interval")


def _unfit(name: str, platform: str) -> Refusal:
    return Refusal("InvalidComputePlatformException", f"{name} does not go with {platform}.", name)


def _wrong(text: str, path: str) -> Refusal:
    return Refusal("InvalidTrafficRoutingConfigurationException", text, f"trafficRoutingConfig.{path}")
