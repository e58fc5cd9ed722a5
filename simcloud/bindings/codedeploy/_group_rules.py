"""What AWS refuses in a deployment group.

AWS: CreateDeploymentGroup, CodeDeploy API Reference, and «Create a deployment group for an Amazon ECS deployment»,
CodeDeploy User Guide; from memory of AWS's documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError

from simcloud.bindings import _trust
from simcloud.bindings.codedeploy import _configs
from simcloud.bindings.codedeploy._names import problems as name_problems
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_TRIGGER_LIMIT = 10
_ALARM_LIMIT = 10
_LONGEST_WAIT = 2880


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Contradictions inside the group, and with its application."""
    yield from name_problems(
        new["deploymentGroupName"], "deploymentGroupName", "InvalidDeploymentGroupNameException"
    )
    platform = _platform(ctx, new)
    yield from _config(ctx, new, platform)
    if platform == "ECS":
        yield from _ecs(new)
    elif new.get("ecsService") is not None and platform is not None:
        yield Refusal(
            "InvalidECSServiceException",
            f"ecsService does not go with the platform {platform}.",
            "ecsService",
        )
    yield from _blue_green(new)
    yield from _rollback(new)
    yield from _alarms(new)


def absences(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What the group names and what is not there or not fit."""
    if not _trust.trusts(ctx, new["serviceRoleArn"], "codedeploy.amazonaws.com"):
        yield Refusal(
            "InvalidRoleException",
            "AWS CodeDeploy does not have the permissions required to assume the role "
            f"{new['serviceRoleArn']}: it must trust codedeploy.amazonaws.com.",
            "serviceRoleArn",
        )
    yield from _service(ctx, new.get("ecsService"))
    yield from _target_groups(ctx, new.get("loadBalancerInfo"))


def _platform(ctx: Context, new: Props) -> str | None:
    """The application's platform, if it exists already; else what the group itself seems to mean."""
    if isinstance(new["appName"], str):
        try:
            found = ctx.client("codedeploy").get_application(applicationName=new["appName"])
            return str(found["application"]["computePlatform"])
        except ClientError:
            pass
    return "ECS" if new.get("ecsService") is not None else None


def _config(ctx: Context, new: Props, platform: str | None) -> Iterator[Refusal]:
    name, path = new["deploymentConfigName"], "deploymentConfigName"
    if not isinstance(name, str):
        return
    kind = _configs.platform_of(name) if name.startswith(_configs.PREFIX) else _own_platform(ctx, name)
    if kind is None and name.startswith(_configs.PREFIX):
        yield Refusal(
            "DeploymentConfigDoesNotExistException",
            f"No Deployment Configuration found for name: {name}",
            path,
            f"one of {', '.join(_configs.PREDEFINED.get(platform or '', ())) or 'AWS’s own or your own'}.",
        )
    elif None not in (kind, platform) and kind != platform:
        yield Refusal(
            "InvalidDeploymentConfigNameException",
            f"{name} is for the compute platform {kind}, the application is for {platform}.",
            path,
        )


def _own_platform(ctx: Context, name: str) -> str | None:
    try:
        found = ctx.client("codedeploy").get_deployment_config(deploymentConfigName=name)
    except ClientError:
        return None
    return str(found["deploymentConfigInfo"].get("computePlatform", "Server"))


def _ecs(new: Props) -> Iterator[Refusal]:
    style = new.get("deploymentStyle") or {}
    if isinstance(style, dict) and (
        style.get("deploymentType") != "BLUE_GREEN" or style.get("deploymentOption") != "WITH_TRAFFIC_CONTROL"
    ):
        yield Refusal(
            "InvalidDeploymentStyleException",
            "For ECS deployment group, deploymentType must be BLUE_GREEN and deploymentOption WITH_TRAFFIC_CONTROL.",
            "deploymentStyle",
        )
    for name, code in (
        ("ecsService", "InvalidECSServiceException"),
        ("blueGreenDeploymentConfig", "InvalidBlueGreenDeploymentConfigurationException"),
        ("loadBalancerInfo", "InvalidLoadBalancerInfoException"),
    ):
        if new.get(name) is None:
            yield Refusal(code, f"For ECS deployment group, {name} must be specified.", name)
    for name in ("autoscalingGroups", "ec2TagFilters", "ec2TagSets", "onPremisesInstanceTagFilters"):
        if new.get(name):
            yield Refusal(
                "InvalidInputException", f"For ECS deployment group, {name} can not be specified.", name
            )
    pair = (new.get("loadBalancerInfo") or {}).get("targetGroupPairInfo") if _plain(new) else None
    if (
        isinstance(pair, dict)
        and isinstance(pair.get("targetGroups"), list)
        and len(pair["targetGroups"]) != 2
    ):
        yield Refusal(
            "InvalidTargetGroupPairException",
            "two target groups are needed: the one of the running tasks and the one of their replacement.",
            "loadBalancerInfo.targetGroupPairInfo.targetGroups",
        )


def _plain(new: Props) -> bool:
    return isinstance(new.get("loadBalancerInfo"), dict)


def _blue_green(new: Props) -> Iterator[Refusal]:
    config = new.get("blueGreenDeploymentConfig")
    if not isinstance(config, dict):
        return
    ready, path = config.get("deploymentReadyOption"), "blueGreenDeploymentConfig.deploymentReadyOption"
    if isinstance(ready, dict):
        wait = ready.get("waitTimeInMinutes")
        if ready.get("actionOnTimeout") == "STOP_DEPLOYMENT" and not wait:
            yield _ready("with STOP_DEPLOYMENT a waitTimeInMinutes is needed.", path)
        if ready.get("actionOnTimeout") == "CONTINUE_DEPLOYMENT" and isinstance(wait, int) and wait:
            yield _ready("with CONTINUE_DEPLOYMENT there is no waitTimeInMinutes.", path)
    blue = config.get("terminateBlueInstancesOnDeploymentSuccess")
    minutes = blue.get("terminationWaitTimeInMinutes") if isinstance(blue, dict) else None
    if isinstance(minutes, int) and not 0 <= minutes <= _LONGEST_WAIT:
        yield Refusal(
            "InvalidBlueGreenDeploymentConfigurationException",
            f"{minutes} minutes: at most {_LONGEST_WAIT} (two days) are allowed.",
            "blueGreenDeploymentConfig.terminateBlueInstancesOnDeploymentSuccess.terminationWaitTimeInMinutes",
        )


def _ready(text: str, path: str) -> Refusal:
    return Refusal("InvalidBlueGreenDeploymentConfigurationException", text, path)


def _rollback(new: Props) -> Iterator[Refusal]:
    rollback = new.get("autoRollbackConfiguration")
    if isinstance(rollback, dict) and rollback.get("enabled") is True and not rollback.get("events"):
        yield Refusal(
            "InvalidAutoRollbackConfigException",
            "an enabled rollback needs events.",
            "autoRollbackConfiguration.events",
        )
    events = rollback.get("events") if isinstance(rollback, dict) else None
    alarms = new.get("alarmConfiguration")
    armed = alarms is not None and (not isinstance(alarms, dict) or alarms.get("enabled") is not False)
    if isinstance(events, list) and "DEPLOYMENT_STOP_ON_ALARM" in events and not armed:
        yield Refusal(
            "InvalidAutoRollbackConfigException",
            "DEPLOYMENT_STOP_ON_ALARM needs an enabled alarmConfiguration.",
            "autoRollbackConfiguration.events",
        )


def _alarms(new: Props) -> Iterator[Refusal]:
    given = new.get("alarmConfiguration")
    alarms = given.get("alarms") if isinstance(given, dict) else None
    if isinstance(given, dict) and given.get("enabled") is True and not alarms:
        yield Refusal(
            "InvalidAlarmConfigException",
            "an enabled alarm configuration needs alarms.",
            "alarmConfiguration",
        )
    if isinstance(alarms, list) and len(alarms) > _ALARM_LIMIT:
        yield Refusal(
            "AlarmsLimitExceededException",
            f"{len(alarms)} alarms: at most {_ALARM_LIMIT} are allowed.",
            "alarmConfiguration.alarms",
        )
    if isinstance(triggers := new.get("triggerConfigurations"), list) and len(triggers) > _TRIGGER_LIMIT:
        yield Refusal(
            "TriggerTargetsLimitExceededException",
            f"{len(triggers)} triggers: at most {_TRIGGER_LIMIT} are allowed.",
            "triggerConfigurations",
        )


def _service(ctx: Context, given: Value) -> Iterator[Refusal]:
    if not isinstance(given, dict):
        return
    cluster, name = given["clusterName"], given["serviceName"]
    try:
        found = ctx.client("ecs").describe_services(cluster=cluster, services=[name])["services"]
    except ClientError:
        found = []
    if not found or found[0]["status"] == "INACTIVE":
        yield Refusal(
            "InvalidECSServiceException", f"The ECS service {cluster}/{name} cannot be found.", "ecsService"
        )
    elif (found[0].get("deploymentController") or {}).get("type", "ECS") != "CODE_DEPLOY":
        yield Refusal(
            "InvalidECSServiceException",
            "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
            "ecsService.serviceName",
        )


def _target_groups(ctx: Context, given: Value) -> Iterator[Refusal]:
    pair = (given or {}).get("targetGroupPairInfo") or {}
    path = "loadBalancerInfo.targetGroupPairInfo.targetGroups"
    named = [(f"{path}[{at}].name", item["name"]) for at, item in enumerate(pair.get("targetGroups") or ())]
    named += [
        (f"loadBalancerInfo.targetGroupInfos[{at}].name", item.get("name"))
        for at, item in enumerate((given or {}).get("targetGroupInfos") or ())
    ]
    for where, name in named:
        try:
            ctx.client("elbv2").describe_target_groups(Names=[name])
        except ClientError:
            yield Refusal(
                "InvalidTargetGroupPairException", f"The target group {name} cannot be found.", where
            )
