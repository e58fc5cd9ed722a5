from __future__ import annotations

from simcloud.bindings.ecs.task_definition import TaskDefinition
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SAME = (
    "arn", "arnWithoutRevision", "containerDefinitions", "cpu", "executionRoleArn", "family", "ipcMode", "memory",
    "networkMode", "pidMode", "taskRoleArn",
)  # fmt: skip
_LISTS = ("placementConstraints", "requiresCompatibilities", "volumes")
_ONES = {
    "ephemeralStorages": "ephemeralStorage",
    "proxyConfigurations": "proxyConfiguration",
    "runtimePlatforms": "runtimePlatform",
}


def get_task_definition(ctx: Context, args: Props) -> Props:
    """A task definition by ARN, by family and revision, or the last revision of a family."""
    name = args["taskDefinition"]
    found = TaskDefinition().read(ctx, name, {"arn": name})
    if found is None:
        raise Refusal("ClientException", f"Unable to describe task definition {name}")
    return {
        **{key: found.get(key) or "" for key in _SAME},
        **{key: found.get(key) or [] for key in _LISTS},
        **{many: [found[one]] if found.get(one) else [] for many, one in _ONES.items()},
        "enableFaultInjection": found["enableFaultInjection"],
        "id": found["arn"],
        "region": ctx.region,
        "revision": found["revision"],
        "status": "ACTIVE",
        "taskDefinition": name,
    }
