from __future__ import annotations

import pulumi_aws as aws

from simcloud import tagging
from simcloud.bindings.lb.target_group import TargetGroup
from simcloud.context import Context
from simcloud.invokes import _blocks, _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_target_group(ctx: Context, args: Props) -> Props:
    """A target group by ARN, name or tags."""
    arn = _arn(ctx, args)
    found = TargetGroup().read(ctx, arn, {}) or {}
    delay = str(found.get("deregistrationDelay", ""))
    told = {**found, "deregistrationDelay": delay, "id": arn, "region": ctx.region}
    answer = _blocks.answered(_blocks.result_of(aws.lb.get_target_group), told)
    return {**answer, "tags": tagging.ELB.current(ctx, arn)}


def _arn(ctx: Context, args: Props) -> str:
    if not any(args.get(name) for name in ("arn", "name", "tags")):
        raise Refusal("MissingParameter", "one of arn, name and tags is needed.", "arn")
    fitting = [
        group["TargetGroupArn"]
        for group in ctx.client("elbv2").describe_target_groups()["TargetGroups"]
        if args.get("arn") in (None, "", group["TargetGroupArn"])
        and args.get("name") in (None, "", group["TargetGroupName"])
        and (args.get("tags") or {}).items() <= tagging.ELB.current(ctx, group["TargetGroupArn"]).items()
    ]
    return str(_one.only(fitting, "ELBv2 Target Group"))
