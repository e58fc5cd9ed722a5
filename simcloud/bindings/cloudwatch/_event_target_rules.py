"""What EventBridge refuses in a target."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_ARN = re.compile(r"arn:[^:]+:(?P<service>[^:]+):(?P<region>[^:]*):(?P<account>[^:]*):(?P<resource>.+)")
# Which services a block of parameters is for. AWS: Target, EventBridge API reference; from memory of AWS's
# documentation, not verified.
_BLOCKS = {
    "ecsTarget": "ecs",
    "batchTarget": "batch",
    "kinesisTarget": "kinesis",
    "sqsTarget": "sqs",
    "sagemakerPipelineTarget": "sagemaker",
    "appsyncTarget": "appsync",
}
# AWS: PutTargets, EventBridge API reference: these are reached in a role, others let EventBridge in themselves
# (botocore 1.44.5), read 2026-11.
_IN_A_ROLE = (
    "ecs",
    "kinesis",
    "states",
    "firehose",
    "batch",
    "codebuild",
    "codepipeline",
    "ssm",
    "sagemaker",
)


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything in the known properties of a target that AWS refuses."""
    yield from _input_problems(new)
    arn = new["arn"]
    if not isinstance(arn, str):
        return
    found = _ARN.fullmatch(arn)
    if not found:
        yield Refusal(
            "ValidationException",
            f"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.",
            "arn",
        )
        return
    yield from _place_problems(ctx, found)
    yield from _block_problems(new, found)
    yield from _task_problems(new.get("ecsTarget"))


def _input_problems(new: Props) -> Iterator[Refusal]:
    given = [name for name in ("input", "inputPath", "inputTransformer") if new.get(name) is not None]
    if len(given) > 1:
        yield Refusal(
            "ValidationException",
            f"Only one of Input, InputPath, or InputTransformer must be provided: {', '.join(given)} are.",
            given[1],
        )
    text = new.get("input")
    if isinstance(text, str) and not _is_json(text):
        yield Refusal("ValidationException", f"Parameter Input is not valid JSON: {text[:60]!r}.", "input")
    path = new.get("inputPath")
    if isinstance(path, str) and not path.startswith("$"):
        yield Refusal("ValidationException", f"Invalid InputPath: {path!r} must begin with $.", "inputPath")
    transformer = new.get("inputTransformer")
    if isinstance(transformer, Mapping):
        yield from _transformer_problems(transformer)


def _transformer_problems(transformer: Mapping[str, Any]) -> Iterator[Refusal]:
    paths, template = transformer.get("inputPaths") or {}, transformer["inputTemplate"]
    if not isinstance(paths, Mapping) or not isinstance(template, str):
        return
    for name in re.findall(r"<([A-Za-z0-9_-]+)>", template):
        if name not in paths and not name.startswith("aws."):
            yield Refusal(
                "ValidationException",
                f"Invalid InputTemplate for target: <{name}> is not among the inputPaths.",
                "inputTransformer.inputTemplate",
            )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _place_problems(ctx: Context, found: re.Match[str]) -> Iterator[Refusal]:
    """AWS: Targets are in the rule's region, buses excepted; from memory of AWS's documentation, not verified."""
    if found["region"] not in ("", ctx.region) and found["service"] != "events":
        yield Refusal(
            "ValidationException",
            f"the target {found[0]} is in {found['region']}, the rule in {ctx.region}.",
            "arn",
        )


def _block_problems(new: Props, found: re.Match[str]) -> Iterator[Refusal]:
    service = found["service"]
    for block, wanted in _BLOCKS.items():
        if new.get(block) is not None and service != wanted:
            yield Refusal(
                "ValidationException", f"{block} is for targets of {wanted}, {found[0]} is not.", block
            )
    if service == "ecs" and ":cluster/" not in found[0]:
        yield Refusal(
            "ValidationException", "an ECS target is the cluster; the task stands in ecsTarget.", "arn"
        )
    if service == "ecs" and new.get("ecsTarget") is None:
        yield Refusal(
            "ValidationException",
            "Parameter(s) EcsParameters must be specified for an ECS target.",
            "ecsTarget",
        )
    if service == "sqs" and found[0].endswith(".fifo") and new.get("sqsTarget") is None:
        yield Refusal(
            "ValidationException",
            "Parameter(s) SqsParameters must be specified for a FIFO queue.",
            "sqsTarget",
        )
    if service in _IN_A_ROLE and "roleArn" not in new:
        yield Refusal("ValidationException", f"RoleArn is required for target {found[0]}.", "roleArn")


def _task_problems(task: Any) -> Iterator[Refusal]:
    if not isinstance(task, Mapping):
        return
    if task.get("launchType") == "FARGATE" and task.get("networkConfiguration") is None:
        yield Refusal(
            "ValidationException",
            "Network Configuration must be provided for a task on Fargate.",
            "ecsTarget.networkConfiguration",
        )
    if task.get("launchType") is not None and task.get("capacityProviderStrategies"):
        yield Refusal(
            "ValidationException",
            "launchType and capacityProviderStrategies exclude each other.",
            "ecsTarget.launchType",
        )
