"""What an Auto Scaling group has beside its own parameters, and how it grows and shrinks."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.values import Props, without_none

from . import _group_request


def beside(ctx: Context, name: str, new: Props, old: Props) -> None:
    """Hooks, metrics, suspended processes and the warm pool, from `old` (empty after creation) to `new`."""
    client = ctx.client("autoscaling")
    if not old:
        for hook in new.get("initialLifecycleHooks") or ():
            client.put_lifecycle_hook(AutoScalingGroupName=name, **_hook(hook))
    gone, fresh = _difference(new, old, "enabledMetrics")
    if gone:
        client.disable_metrics_collection(AutoScalingGroupName=name, Metrics=gone)
    if fresh:
        granularity = new.get("metricsGranularity") or "1Minute"
        every = sorted(new["enabledMetrics"])
        client.enable_metrics_collection(AutoScalingGroupName=name, Metrics=every, Granularity=granularity)
    gone, fresh = _difference(new, old, "suspendedProcesses")
    if gone:
        client.resume_processes(AutoScalingGroupName=name, ScalingProcesses=gone)
    if fresh:
        client.suspend_processes(AutoScalingGroupName=name, ScalingProcesses=fresh)
    _warm_pool(client, name, new, old)


def change(ctx: Context, name: str, new: Props, old: Props) -> None:
    """Bring the group itself from `old` to `new`."""
    client = ctx.client("autoscaling")
    wanted = _group_request.changed(ctx, new)
    if wanted != _group_request.changed(ctx, old):
        client.update_auto_scaling_group(**wanted)
    gone, fresh = _difference(new, old, "targetGroupArns")
    if gone:
        client.detach_load_balancer_target_groups(AutoScalingGroupName=name, TargetGroupARNs=gone)
    if fresh:
        client.attach_load_balancer_target_groups(AutoScalingGroupName=name, TargetGroupARNs=fresh)
    _tags(client, name, new.get("tags") or [], old.get("tags") or [])


def _tags(client: Any, name: str, new: list[Props], old: list[Props]) -> None:
    kept = {tag["key"] for tag in new}
    gone = [tag for tag in old if tag["key"] not in kept]
    fresh = [tag for tag in new if tag not in old]
    if gone:
        client.delete_tags(Tags=_group_request.written_tags(name, gone))
    if fresh:
        client.create_or_update_tags(Tags=_group_request.written_tags(name, fresh))


def _difference(new: Props, old: Props, name: str) -> tuple[list[str], list[str]]:
    before, after = old.get(name) or [], new.get(name) or []
    return [item for item in before if item not in after], [item for item in after if item not in before]


def _hook(hook: Props) -> Props:
    return without_none(
        {
            "LifecycleHookName": hook["name"],
            "LifecycleTransition": hook["lifecycleTransition"],
            "DefaultResult": hook.get("defaultResult"),
            "HeartbeatTimeout": hook.get("heartbeatTimeout"),
            "NotificationMetadata": hook.get("notificationMetadata"),
            "NotificationTargetARN": hook.get("notificationTargetArn"),
            "RoleARN": hook.get("roleArn"),
        }
    )


def _warm_pool(client: Any, name: str, new: Props, old: Props) -> None:
    pool = new.get("warmPool")
    if pool is None and old.get("warmPool") is not None:
        client.delete_warm_pool(AutoScalingGroupName=name, ForceDelete=True)
    if pool is not None and pool != old.get("warmPool"):
        reuse = (pool.get("instanceReusePolicy") or {}).get("reuseOnScaleIn")
        client.put_warm_pool(
            AutoScalingGroupName=name,
            **without_none(
                {
                    "MaxGroupPreparedCapacity": pool.get("maxGroupPreparedCapacity"),
                    "MinSize": pool.get("minSize"),
                    "PoolState": pool.get("poolState"),
                    "InstanceReusePolicy": None if reuse is None else {"ReuseOnScaleIn": reuse},
                }
            ),
        )
