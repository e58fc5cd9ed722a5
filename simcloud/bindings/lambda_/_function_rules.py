"""What AWS refuses in a function.

AWS: CreateFunction, Lambda API Reference, and «Lambda quotas», Lambda Developer Guide; from memory, not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from botocore.exceptions import ClientError

from simcloud.bindings import _trust
from simcloud.bindings.lambda_ import _code, _runtimes
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, is_known

_CODE = "InvalidParameterValueException"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_SECONDS, _MOST_MEMORY, _MOST_LAYERS = 900, 10_240, 5
_ENVIRONMENT_BYTES = 4096
# What an account keeps for functions without a reservation, out of its 1,000.
_MOST_RESERVED = 900
_RESERVED = frozenset({
    "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
})  # fmt: skip


def problems(new: Props) -> Iterator[Refusal]:
    """Contradictions inside the function."""
    yield from _code.problems(new)
    yield from _package(new)
    yield from _limits(new)
    yield from _environment(
        (new.get("environment") or {}).get("variables") if _plain(new, "environment") else None
    )
    yield from _network(new)
    yield from _start(new)
    yield from _logging(new.get("loggingConfig"))


def absences(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What the function names and what is not there or not fit."""
    if not _trust.trusts(ctx, new["role"], "lambda.amazonaws.com"):
        yield Refusal(_CODE, "The role defined for the function cannot be assumed by Lambda.", "role")
    yield from _code.absences(ctx, new)
    yield from _layers(ctx, new.get("layers"))
    yield from _one_vpc(ctx, new.get("vpcConfig"))
    yield from _mounted(ctx, new)


def _plain(new: Props, name: str) -> bool:
    return isinstance(new.get(name), dict)


def _package(new: Props) -> Iterator[Refusal]:
    name, kind, runtime = new["name"], new["packageType"], new.get("runtime")
    if isinstance(name, str) and not name.startswith("arn:") and not _NAME.fullmatch(name):
        yield Refusal(
            "ValidationException", f"the name {name!r} may hold letters, digits, - and _, at most 64.", "name"
        )
    if isinstance(runtime, str) and (complaint := _runtimes.complaint(runtime)):
        yield Refusal(_CODE, complaint, "runtime")
    for needed in ("handler", "runtime"):
        if kind == "Zip" and new.get(needed) is None:
            yield Refusal(_CODE, f"{needed} is needed for functions from a .zip archive.", needed)
        if kind == "Image" and new.get(needed) is not None:
            yield Refusal(
                _CODE, f"Please don't provide {needed} when the intended function is of an image.", needed
            )
    if kind == "Image" and new.get("layers"):
        yield Refusal(_CODE, "Layers are not supported for functions of an image.", "layers")
    if kind == "Image" and new.get("imageUri") is None:
        yield Refusal(_CODE, "packageType Image needs an imageUri.", "imageUri")
    if kind == "Zip" and new.get("imageUri") is not None:
        yield Refusal(_CODE, "an imageUri needs packageType Image.", "packageType")


def _limits(new: Props) -> Iterator[Refusal]:
    managed = new.get("capacityProviderConfig") is not None
    timeout, memory = new["timeout"], new["memorySize"]
    if isinstance(timeout, int) and not managed and timeout > _LONGEST_SECONDS:
        yield Refusal(_CODE, f"timeout {timeout} is above the {_LONGEST_SECONDS} seconds allowed.", "timeout")
    if isinstance(memory, int) and not managed and memory > _MOST_MEMORY:
        yield Refusal(_CODE, f"memorySize {memory} is above the {_MOST_MEMORY} MB allowed.", "memorySize")
    layers = new.get("layers")
    if isinstance(layers, list) and len(layers) > _MOST_LAYERS:
        yield Refusal(_CODE, f"{len(layers)} layers are given, at most {_MOST_LAYERS} are allowed.", "layers")
    reserved = new["reservedConcurrentExecutions"]
    if isinstance(reserved, int) and reserved > _MOST_RESERVED:
        yield Refusal(
            _CODE,
            "Specified ReservedConcurrentExecutions for function decreases account's "
            f"UnreservedConcurrentExecution below its minimum value of [{1000 - _MOST_RESERVED}].",
            "reservedConcurrentExecutions",
        )


def _environment(variables: Value) -> Iterator[Refusal]:
    if not isinstance(variables, dict):
        return
    for name in sorted(_RESERVED & variables.keys()):
        yield Refusal(
            _CODE,
            "Lambda was unable to configure your environment variables because the environment variables you have "
            f"provided contains reserved keys that are currently not supported for modification: {name}.",
            "environment.variables",
        )
    if is_known(variables):
        size = sum(len(str(name).encode()) + len(str(value).encode()) for name, value in variables.items())
        if size > _ENVIRONMENT_BYTES:
            yield Refusal(
                _CODE,
                "Lambda was unable to configure your environment variables because the environment variables you have "
                f"provided exceeded the 4KB limit: {size} bytes.",
                "environment.variables",
            )


def _network(new: Props) -> Iterator[Refusal]:
    vpc, files = new.get("vpcConfig"), new.get("fileSystemConfig")
    if isinstance(vpc, dict):
        subnets, groups = vpc.get("subnetIds"), vpc.get("securityGroupIds")
        if bool(subnets) != bool(groups):
            missing = "securityGroupIds" if subnets else "subnetIds"
            yield Refusal(
                _CODE, "SubnetIds and SecurityIds must coexist or be both empty list.", f"vpcConfig.{missing}"
            )
    if files is not None and vpc is None:
        yield Refusal(
            _CODE,
            "Function must be configured to execute in a VPC to reference access points.",
            "fileSystemConfig",
        )


def _start(new: Props) -> Iterator[Refusal]:
    snap = new.get("snapStart")
    if not isinstance(snap, dict) or snap.get("applyOn") in (None, "None"):
        return
    runtime = new.get("runtime")
    if isinstance(runtime, str) and not runtime.startswith(_runtimes.SNAP_STARTING):
        yield Refusal(
            _CODE, f"{runtime} is not supported for SnapStart enabled functions.", "snapStart.applyOn"
        )
    if new.get("fileSystemConfig") is not None:
        yield Refusal(_CODE, "SnapStart does not go with a file system.", "snapStart.applyOn")
    storage = (new.get("ephemeralStorage") or {}).get("size") if _plain(new, "ephemeralStorage") else None
    if isinstance(storage, int) and storage > 512:
        yield Refusal(_CODE, "SnapStart goes with 512 MB of ephemeral storage only.", "ephemeralStorage.size")


def _logging(given: Value) -> Iterator[Refusal]:
    if not isinstance(given, dict) or given.get("logFormat") != "Text":
        return
    for name in ("applicationLogLevel", "systemLogLevel"):
        if given.get(name):
            yield Refusal(_CODE, f"{name} needs the log format JSON.", f"loggingConfig.{name}")


def _layers(ctx: Context, layers: Value) -> Iterator[Refusal]:
    for position, arn in enumerate(layers or ()):
        parts = str(arn).split(":")
        if len(parts) != 8 or parts[5] != "layer":
            yield Refusal(_CODE, f"{arn} is no ARN of a layer version.", f"layers[{position}]")
        elif parts[3] != ctx.region:
            yield Refusal(_CODE, f"Layer version {arn} is in another region.", f"layers[{position}]")
        elif parts[4] == ctx.account and not _has_layer(ctx, parts):
            yield Refusal(_CODE, f"Layer version {arn} does not exist.", f"layers[{position}]")


def _has_layer(ctx: Context, parts: list[str]) -> bool:
    try:
        ctx.client("lambda").get_layer_version(LayerName=parts[6], VersionNumber=int(parts[7]))
    except (ClientError, ValueError):
        return False
    return True


def _one_vpc(ctx: Context, vpc: Value) -> Iterator[Refusal]:
    if not vpc or not vpc.get("subnetIds"):
        return
    ec2 = ctx.client("ec2")
    subnets = ec2.describe_subnets(SubnetIds=vpc["subnetIds"])["Subnets"]
    groups = ec2.describe_security_groups(GroupIds=vpc["securityGroupIds"])["SecurityGroups"]
    if len({subnet["VpcId"] for subnet in subnets}) > 1:
        yield Refusal(_CODE, "The provided subnets are not all of one VPC.", "vpcConfig.subnetIds")
    elif {group["VpcId"] for group in groups} != {subnet["VpcId"] for subnet in subnets}:
        yield Refusal(
            _CODE, "The security groups and the subnets are not of one VPC.", "vpcConfig.securityGroupIds"
        )


def _mounted(ctx: Context, new: Props) -> Iterator[Refusal]:
    """A file system is reached through a mount target in the function's VPC."""
    files, subnets = new.get("fileSystemConfig"), (new.get("vpcConfig") or {}).get("subnetIds")
    if not files or not subnets:
        return
    point = files["arn"].rsplit("/", 1)[-1]
    targets = ctx.client("efs").describe_mount_targets(AccessPointId=point)["MountTargets"]
    zones = {target["AvailabilityZoneName"] for target in targets}
    for subnet in ctx.client("ec2").describe_subnets(SubnetIds=subnets)["Subnets"]:
        if subnet["AvailabilityZone"] not in zones:
            yield Refusal(
                _CODE,
                f"EFS file system of {files['arn']} must have a mount target in {subnet['AvailabilityZone']}, in which "
                "the function will execute.",
                "fileSystemConfig.arn",
                "make the aws.efs.MountTarget first: depends_on.",
            )
