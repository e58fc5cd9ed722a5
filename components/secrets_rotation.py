"""A function that renews a secret's value on a schedule."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError

# AWS: RotationRulesType, Secrets Manager API reference (botocore 1.44.5), read 2026-11
_MOST_DAYS = 1000
_WINDOW = re.compile(r"[1-9][0-9]?h")


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """`function_arn` is the rotation function; `every_days` (1 to 1000) or a `schedule` (cron() or rate()) in UTC.

    `window` is how many hours a rotation may take, such as `3h`; None lets AWS choose. The first rotation comes
    with the schedule and not at once, for a new slot has no value yet.
    """

    function_arn: pulumi.Input[str]
    every_days: int | None = None
    schedule: str | None = None
    window: str | None = None


def check_rotation(where: str, slot: str, rotation: Rotation) -> None:
    """A ComponentError for a rotation that Secrets Manager would refuse."""
    given = (rotation.every_days is not None) + (rotation.schedule is not None)
    if given != 1:
        raise ComponentError(
            where,
            f"the rotation of `{slot}` has {'no schedule' if given == 0 else 'two schedules'}",
            expected="exactly one of `every_days` and `schedule`",
            fix="set `every_days=30`" if given == 0 else "drop one of them",
        )
    if rotation.every_days is not None and not 1 <= rotation.every_days <= _MOST_DAYS:
        raise ComponentError(
            where,
            f"`{slot}` is rotated every {rotation.every_days} days",
            expected=f"1 to {_MOST_DAYS} days",
            fix="correct `every_days`",
        )
    if rotation.window is not None and not _WINDOW.fullmatch(rotation.window):
        raise ComponentError(
            where,
            f"the rotation window of `{slot}` is `{rotation.window}`",
            expected="hours, such as 3h",
            fix="correct `window`",
        )


def rotate(parent: pulumi.Resource, name: str, secret_arn: pulumi.Input[str], rotation: Rotation) -> None:
    """Let Secrets Manager call the function for this secret alone, and set its schedule."""
    opts = pulumi.ResourceOptions(parent=parent)
    allowed = aws.lambda_.Permission(
        f"{name}-rotation",
        action="lambda:InvokeFunction",
        function=rotation.function_arn,
        principal="secretsmanager.amazonaws.com",
        source_arn=secret_arn,
        opts=opts,
    )
    aws.secretsmanager.SecretRotation(
        f"{name}-rotation",
        secret_id=secret_arn,
        rotation_lambda_arn=rotation.function_arn,
        rotate_immediately=False,
        rotation_rules={
            "automatically_after_days": rotation.every_days,
            "schedule_expression": rotation.schedule,
            "duration": rotation.window,
        },
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[allowed]),
    )
