from __future__ import annotations

import pulumi_aws as aws

from simcloud import tagging
from simcloud.bindings.lb.listener import Listener
from simcloud.context import Context
from simcloud.invokes import _blocks, _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_listener(ctx: Context, args: Props) -> Props:
    """A listener by ARN, or by load balancer and port."""
    arn = args.get("arn") or _arn(ctx, args)
    found = Listener().read(ctx, arn, {}) or {}
    told = {**found, "id": arn, "region": ctx.region, "tags": None}
    mode = (found.get("mutualAuthentication") or {}).get("mode")
    if mode in (None, "off"):
        told["mutualAuthentication"] = None
    answer = _blocks.answered(_blocks.result_of(aws.lb.get_listener), told)
    return {**answer, "tags": tagging.ELB.current(ctx, arn)}


def _arn(ctx: Context, args: Props) -> str:
    if not args.get("loadBalancerArn") or args.get("port") is None:
        raise Refusal("MissingParameter", "arn is needed, or loadBalancerArn and port.", "arn")
    listed = ctx.client("elbv2").describe_listeners(LoadBalancerArn=args["loadBalancerArn"])["Listeners"]
    arns = [item["ListenerArn"] for item in listed if item.get("Port") == int(args["port"])]
    return str(_one.only(arns, "ELBv2 Listener"))
