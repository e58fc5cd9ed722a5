from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.codedeploy import _group_rules
from simcloud.bindings.codedeploy._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, is_known

_SAME = (
    "autoRollbackConfiguration", "autoscalingGroups", "blueGreenDeploymentConfig", "deploymentConfigName",
    "deploymentStyle", "ec2TagFilters", "ecsService", "loadBalancerInfo", "onPremisesInstanceTagFilters",
    "outdatedInstancesStrategy", "serviceRoleArn", "terminationHookEnabled", "triggerConfigurations",
)  # fmt: skip
_NAMES = _api.members(
    _SAME,
    {
        "autoscalingGroups": "autoScalingGroups",
        "blueGreenDeploymentConfig": "blueGreenDeploymentConfiguration",
        "ecsService": "ecsServices",
    },
)
_WORDS = {
    "LoadBalancerInfo": {
        "elbInfos": "elbInfoList",
        "targetGroupInfos": "targetGroupInfoList",
        "targetGroupPairInfo": "targetGroupPairInfoList",
    }
}
# What an update must send to take away what was there before.
_NOTHING: Props = {
    "alarmConfiguration": {"enabled": False, "alarms": []},
    "autoRollbackConfiguration": {"enabled": False, "events": []},
    "autoScalingGroups": [],
    "ec2TagFilters": [],
    "ec2TagSet": {"ec2TagSetList": []},
    "ecsServices": [],
    "onPremisesInstanceTagFilters": [],
    "triggerConfigurations": [],
}


class DeploymentGroup(Binding):
    """Where an application is deployed, and how."""

    token = "aws:codedeploy/deploymentGroup:DeploymentGroup"
    service = "codedeploy"
    operation = "create_deployment_group"
    parameters = {"applicationName": "appName", **{member: name for name, member in _NAMES.items()}}
    defaults = {
        "deploymentConfigName": "CodeDeployDefault.OneAtATime",
        "outdatedInstancesStrategy": "UPDATE",
        "terminationHookEnabled": False,
    }
    tagging = TAGS
    references = (
        Reference("appName", "codedeploy_application"),
        Reference("deploymentConfigName", "codedeploy_config"),
        Reference("serviceRoleArn", "role"),
        Reference("triggerConfigurations[].triggerTargetArn", "topic"),
        Reference("loadBalancerInfo.targetGroupPairInfo.prodTrafficRoute.listenerArns[]", "listener"),
        Reference("loadBalancerInfo.targetGroupPairInfo.testTrafficRoute.listenerArns[]", "listener"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "applicationName": new["appName"],
            "deploymentGroupName": new["deploymentGroupName"],
            **_settings(ctx, new),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["deploymentGroupId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            before, settings = _settings(ctx, old), _settings(ctx, new)
            dropped = {
                name: nothing for name, nothing in _NOTHING.items() if name in before.keys() - settings
            }
            ctx.client("codedeploy").update_deployment_group(
                applicationName=new["appName"],
                currentDeploymentGroupName=old["deploymentGroupName"],
                newDeploymentGroupName=new["deploymentGroupName"],
                **dropped,
                **settings,
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        application, name = given["appName"], given["deploymentGroupName"]
        found = ctx.client("codedeploy").get_deployment_group(
            applicationName=application, deploymentGroupName=name
        )["deploymentGroupInfo"]
        known = _api.found(ctx, self.token, "codedeploy", "DeploymentGroupInfo", found, _NAMES, _WORDS)
        optional = {key: value if value not in ({}, []) else None for key, value in known.items()}
        return {
            **optional,
            "appName": application,
            "deploymentGroupName": name,
            "deploymentGroupId": found["deploymentGroupId"],
            "arn": ctx.arn("codedeploy", f"deploymentgroup:{application}/{name}"),
            "computePlatform": found["computePlatform"],
            "alarmConfiguration": _alarms_found(found.get("alarmConfiguration")),
            "ec2TagSets": [
                {"ec2TagFilters": [{key.lower(): value for key, value in item.items()} for item in filters]}
                for filters in (found.get("ec2TagSet") or {}).get("ec2TagSetList", ())
            ]
            or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("codedeploy").delete_deployment_group(
            applicationName=old["appName"], deploymentGroupName=old["deploymentGroupName"]
        )

    def import_id(self, identity: str) -> Props:
        application, _, name = identity.partition(":")
        return {"appName": application, "deploymentGroupName": name}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["deploymentGroupId"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _group_rules.problems(ctx, new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _group_rules.problems(ctx, new)
        yield from _group_rules.absences(ctx, new)


def _settings(ctx: Context, new: Props) -> Params:
    settings = _api.said(ctx, "codedeploy", "CreateDeploymentGroup", new, _NAMES, _WORDS)
    alarms, sets = new.get("alarmConfiguration"), new.get("ec2TagSets")
    if alarms is not None:
        settings["alarmConfiguration"] = _alarms_said(alarms)
    if sets is not None:
        settings["ec2TagSet"] = {"ec2TagSetList": _sets_said(sets)}
    return settings


def _alarms_said(given: Value) -> Value:
    if not isinstance(given, dict) or not isinstance(given.get("alarms", []), list):
        return given
    return {**given, "alarms": [{"name": name} for name in given.get("alarms", [])]}


def _alarms_found(found: Mapping[str, Any] | None) -> Props | None:
    if not found:
        return None
    return {
        "alarms": [alarm["name"] for alarm in found.get("alarms", ())],
        "enabled": found.get("enabled", False),
        "ignorePollAlarmFailure": found.get("ignorePollAlarmFailure", False),
    }


def _sets_said(given: Value) -> Value:
    if not is_known(given):
        return given
    return [
        [{key.capitalize(): value for key, value in item.items()} for item in one.get("ec2TagFilters") or ()]
        for one in given
    ]
