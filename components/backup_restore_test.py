"""Backups that are restored on a schedule, because one that was never restored is a hope."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components import names
from components.backup_args import RestoreTest

# AWS: RestoreTestingPlanForCreate (botocore 1.44.5): letters, digits and underscores, read 2026-11
_PLAN = names.Limit("restore testing plan name", 50)


def plan_name(name: str) -> str:
    """The fixed name: auto-naming would put a hyphen into it, which AWS refuses."""
    return names.fit(name.replace("-", "_"), _PLAN, generated=False)


def selection_name(name: str, resource_type: str) -> str:
    """The fixed name of what is restored of one type."""
    return names.fit(f"{name}_{resource_type}".replace("-", "_").lower(), _PLAN, generated=False)


def try_restores(
    parent: pulumi.Resource,
    name: str,
    test: RestoreTest,
    *,
    vault_arn: pulumi.Input[str],
    role_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> None:
    """The plan, and one selection per resource type, over the backups of one vault."""
    opts = pulumi.ResourceOptions(parent=parent)
    plan = aws.backup.RestoreTestingPlan(
        f"{name}-restore-test",
        name=plan_name(name),
        schedule_expression=test.cron,
        start_window_hours=test.start_within_hours,
        recovery_point_selection={
            "algorithm": "LATEST_WITHIN_WINDOW",
            "include_vaults": [vault_arn],
            "recovery_point_types": ["SNAPSHOT", "CONTINUOUS"],
            "selection_window_days": test.window_days,
        },
        tags={**tags, "Name": f"{name}-restore-test"},
        opts=opts,
    )
    for resource_type in dict.fromkeys(test.resource_types):
        aws.backup.RestoreTestingSelection(
            f"{name}-restore-{resource_type.lower()}",
            name=selection_name(name, resource_type),
            restore_testing_plan_name=plan.name,
            protected_resource_type=resource_type,
            protected_resource_arns=["*"],
            iam_role_arn=role_arn,
            restore_metadata_overrides=dict(test.metadata.get(resource_type, {})) or None,
            validation_window_hours=test.keep_hours,
            opts=opts,
        )
