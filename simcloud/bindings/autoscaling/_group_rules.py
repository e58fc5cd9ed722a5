"""What AWS refuses of Auto Scaling groups and says in no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_LAUNCHED_WITH = ("launchConfiguration", "launchTemplate", "mixedInstancesPolicy")
# AWS: API reference of CreateAutoScalingGroup (botocore 1.44.5), read 2026-11
_HEALTH_CHECKS = ("EC2", "EBS", "ELB", "VPC_LATTICE")
_DAY = 86400


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything that is wrong with the inputs, as far as they are known."""
    given = [name for name in _LAUNCHED_WITH if new.get(name) is not None]
    if len(given) != 1:
        yield Refusal(
            "ValidationError",
            "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or "
            "MixedInstancesPolicy parameter.",
            given[1] if given else "launchTemplate",
        )
    yield from _size_problems(new)
    yield from _place_problems(ctx, new)
    template = new.get("launchTemplate") or {}
    if is_known(template) and template and bool(template.get("id")) == bool(template.get("name")):
        yield Refusal(
            "ValidationError",
            "Valid requests must contain either launchTemplateId or LaunchTemplateName",
            "launchTemplate",
        )
    for kind in str(new.get("healthCheckType") or "EC2").split(","):
        if isinstance(new.get("healthCheckType"), str) and kind not in _HEALTH_CHECKS:
            yield Refusal(
                "ValidationError",
                f"Invalid health check type {kind}: {', '.join(_HEALTH_CHECKS)} are known.",
                "healthCheckType",
            )
    lifetime = new.get("maxInstanceLifetime")
    if isinstance(lifetime, int | float) and lifetime != 0 and lifetime < _DAY:
        yield Refusal(
            "ValidationError",
            f"maxInstanceLifetime must be 0 or at least {_DAY} seconds.",
            "maxInstanceLifetime",
        )
    timeout = new.get("waitForCapacityTimeout")
    if isinstance(timeout, str) and not re.fullmatch(r"0|(\d+(\.\d+)?(h|m|s|ms))+", timeout):
        yield Refusal(
            "InvalidParameterValue", f"{timeout!r} is no duration such as 10m or 0.", "waitForCapacityTimeout"
        )


def _size_problems(new: Props) -> Iterator[Refusal]:
    least, most, desired = new.get("minSize"), new.get("maxSize"), new.get("desiredCapacity")
    if not is_known([least, most]) or least is None or most is None:
        return
    if least > most:
        yield Refusal("ValidationError", f"Min size: {least} is above max size: {most}.", "minSize")
    elif is_known(desired) and desired is not None and not least <= desired <= most:
        yield Refusal(
            "ValidationError",
            f"Desired capacity:{desired} must be between the specified min size:{least} and max size:{most}",
            "desiredCapacity",
        )
    for name in ("minSize", "maxSize"):
        if new[name] < 0:
            yield Refusal("ValidationError", f"{name} must not be negative.", name)


def _place_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    subnets, zones = new.get("vpcZoneIdentifiers"), new.get("availabilityZones")
    if not subnets and not zones:
        yield Refusal(
            "ValidationError",
            "At least one Availability Zone or VPC Subnet is required.",
            "vpcZoneIdentifiers",
        )
    known = [subnet for subnet in subnets or () if isinstance(subnet, str)]
    if known:
        yield from _vpc_problems(ctx, known, list(subnets or ()))


def _vpc_problems(ctx: Context, known: list[str], given: list[Any]) -> Iterator[Refusal]:
    wanted = [{"Name": "subnet-id", "Values": known}]
    found = ctx.client("ec2").describe_subnets(Filters=wanted)["Subnets"]
    of = {subnet["SubnetId"]: subnet["VpcId"] for subnet in found}
    first = next((of[subnet] for subnet in known if subnet in of), None)
    for position, subnet in enumerate(given):
        if isinstance(subnet, str) and of.get(subnet, first) != first:
            yield Refusal(
                "ValidationError",
                f"The subnets of a group must be of one VPC: {subnet} is in {of[subnet]}, others are in {first}.",
                f"vpcZoneIdentifiers[{position}]",
            )
