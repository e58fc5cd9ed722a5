"""What the servers of a database stand on, in one region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import relations
from components.database_args import DatabaseArgs
from components.database_monitoring import make_monitoring_role
from components.database_plan import Plan


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all servers of a database share; `parameter_group_name` is a cluster's if they are one."""

    security_group_id: pulumi.Output[str]
    subnet_group_name: pulumi.Input[str]
    parameter_group_name: pulumi.Input[str]
    monitoring_role_arn: pulumi.Input[str] | None


def lay_ground(parent: pulumi.Resource, name: str, args: DatabaseArgs, plan: Plan) -> Surroundings:
    """The groups of the database, made or existing, and the role for its metrics."""
    monitored = args.monitoring_interval_seconds > 0
    return Surroundings(
        security_group_id=_security_group(parent, name, args),
        subnet_group_name=args.existing.subnet_group_name
        or make_subnet_group(parent, name, args, args.subnet_ids).name,
        parameter_group_name=args.existing.parameter_group_name or _parameter_group(parent, name, args, plan),
        monitoring_role_arn=make_monitoring_role(parent, name, args.tags) if monitored else None,
    )


def make_subnet_group(
    parent: pulumi.Resource,
    name: str,
    args: DatabaseArgs,
    subnet_ids: pulumi.Input[Sequence[str]],
    region: str | None = None,
) -> aws.rds.SubnetGroup:
    """Where servers may stand."""
    return aws.rds.SubnetGroup(
        f"{name}-subnets",
        region=region,
        description="Where the database may stand",
        subnet_ids=subnet_ids,
        tags={**args.tags, "Name": f"{name}-subnets"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def make_parameter_group(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, plan: Plan, region: str | None = None
) -> aws.rds.ParameterGroup:
    """The settings of an instance."""
    full = _named_after_family(name, plan)
    return aws.rds.ParameterGroup(
        full,
        region=region,
        description="Settings of the database",
        family=plan.family,
        parameters=[
            aws.rds.ParameterGroupParameterArgs(name=one.name, value=one.value, apply_method=one.apply)
            for one in plan.parameters
        ],
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _security_group(parent: pulumi.Resource, name: str, args: DatabaseArgs) -> pulumi.Output[str]:
    if args.existing.security_group_id is not None:
        return pulumi.Output.from_input(args.existing.security_group_id)
    return relations.closed_security_group(
        parent, f"{name}-sg", vpc_id=args.vpc_id, description="Clients of the database", tags=args.tags
    ).id


def _parameter_group(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, plan: Plan
) -> pulumi.Output[str]:
    if plan.survival.clustered:
        return _cluster_parameter_group(parent, name, args, plan).name
    return make_parameter_group(parent, name, args, plan).name


def _cluster_parameter_group(
    parent: pulumi.Resource, name: str, args: DatabaseArgs, plan: Plan
) -> aws.rds.ClusterParameterGroup:
    full = _named_after_family(name, plan)
    return aws.rds.ClusterParameterGroup(
        full,
        description="Settings of the database",
        family=plan.family,
        parameters=[
            aws.rds.ClusterParameterGroupParameterArgs(name=one.name, value=one.value, apply_method=one.apply)
            for one in plan.parameters
        ],
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _named_after_family(name: str, plan: Plan) -> str:
    # The family is in the name, so that a major upgrade makes a second group beside the one in use.
    return f"{name}-{plan.family.replace('.', '-')}"
