"""On what a service's tasks run, and how many there are to begin with."""

from __future__ import annotations

import pulumi_aws as aws

from components.service_args import ServiceArgs


def desired_count(args: ServiceArgs) -> int:
    """What the program asks for, within the limits of the scaling."""
    if args.scaling is None:
        return args.desired_count
    return min(max(args.desired_count, args.scaling.min), args.scaling.max)


def capacity(args: ServiceArgs) -> list[aws.ecs.ServiceCapacityProviderStrategyArgs]:
    """The first tasks on demand, whatever the shares; the rest shared with Spot."""
    spot = args.spot_share_percent
    strategies = [
        aws.ecs.ServiceCapacityProviderStrategyArgs(
            capacity_provider="FARGATE", base=args.on_demand_tasks, weight=100 - spot
        )
    ]
    if spot > 0:
        strategies.append(
            aws.ecs.ServiceCapacityProviderStrategyArgs(capacity_provider="FARGATE_SPOT", weight=spot)
        )
    return strategies
