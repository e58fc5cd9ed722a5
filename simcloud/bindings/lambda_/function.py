from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.lambda_ import _code, _function_rules
from simcloud.bindings.lambda_._function_outputs import outputs
from simcloud.bindings.lambda_._tagging import TAGS
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_WORDS = {"DurableConfig": {"retentionPeriod": "RetentionPeriodInDays"}}
_CONFIGURED = _api.members(
    (
        "capacityProviderConfig", "deadLetterConfig", "description", "durableConfig", "environment",
        "ephemeralStorage", "fileSystemConfig", "handler", "imageConfig", "kmsKeyArn", "layers", "loggingConfig",
        "memorySize", "role", "runtime", "snapStart", "timeout", "tracingConfig", "vpcConfig",
    ),
    {"fileSystemConfig": "FileSystemConfigs", "kmsKeyArn": "KMSKeyArn"},
    capital=True,
)  # fmt: skip
_FIXED = _api.members(
    ("architectures", "codeSigningConfigArn", "packageType", "publishTo", "tenancyConfig"), {}, capital=True
)
# What an update must send to take away what was there before.
_NOTHING: Props = {
    "DeadLetterConfig": {"TargetArn": ""},
    "Description": "",
    "Environment": {"Variables": {}},
    "EphemeralStorage": {"Size": 512},
    "FileSystemConfigs": [],
    "ImageConfig": {},
    "KMSKeyArn": "",
    "Layers": [],
    "LoggingConfig": {"LogFormat": "Text"},
    "SnapStart": {"ApplyOn": "None"},
    "TracingConfig": {"Mode": "PassThrough"},
    "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []},
}
# What the cloud tells of these blocks and nobody gives.
_TOLD = {"vpcConfig": "vpcId", "snapStart": "optimizationStatus"}
_OF_CODE = ("architectures", "code", "imageUri", "s3Bucket", "s3Key", "s3ObjectVersion", "sourceCodeHash")


class Function(Binding):
    """A function: code and how it runs."""

    token = "aws:lambda/function:Function"
    service = "lambda"
    operation = "create_function"
    parameters = {
        "FunctionName": "name",
        "Code": "code",
        **{member: name for name, member in {**_CONFIGURED, **_FIXED}.items()},
    }
    replaces = frozenset({"name", "packageType", "tenancyConfig"})
    defaults = {
        "memorySize": 128,
        "packageType": "Zip",
        "publish": False,
        "reservedConcurrentExecutions": -1,
        "skipDestroy": False,
        "timeout": 3,
    }
    autoname = AutoName(limit=64)
    tagging = TAGS
    references = (
        Reference("role", "role"),
        Reference("kmsKeyArn", "kms_key"),
        Reference("vpcConfig.subnetIds[]", "subnet"),
        Reference("vpcConfig.securityGroupIds[]", "security_group"),
        Reference("fileSystemConfig.arn", "access_point"),
        Reference("deadLetterConfig.targetArn", "dead_letter_target"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "FunctionName": new["name"],
            "Code": _code.described(new),
            "Publish": new["publish"],
            **_api.said(ctx, "lambda", "CreateFunction", _given(new), {**_CONFIGURED, **_FIXED}, _WORDS),
        }

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("lambda").create_function(**{**self.request(ctx, new), "Code": _code.uploaded(new)})
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        client, changed = ctx.client("lambda"), False
        if old:
            changed = _reconfigured(ctx, identity, new, old) | _recoded(ctx, identity, new, old)
        if new["reservedConcurrentExecutions"] != old.get("reservedConcurrentExecutions", -1):
            _reserve(client, identity, new["reservedConcurrentExecutions"])
        if old and new["publish"] and (changed or not old["publish"]):
            client.publish_version(FunctionName=identity)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("lambda").get_function(FunctionName=identity)
        names = {name: member for name, member in {**_CONFIGURED, **_FIXED}.items() if name not in _NOT_TOLD}
        found = _api.found(
            ctx, self.token, "lambda", "FunctionConfiguration", answer["Configuration"], names, _WORDS
        )
        return {**found, **outputs(ctx, identity, answer, given)}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("lambda").delete_function(FunctionName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _function_rules.problems(new)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _function_rules.absences(ctx, new)


_NOT_TOLD = ("codeSigningConfigArn", "imageConfig", "layers", "publishTo", "snapStart", "vpcConfig")


def _given(new: Props) -> Props:
    """Without what only the cloud says, and without blocks that say nothing."""
    return {name: _without(value, _TOLD.get(name)) for name, value in new.items()}


def _without(value: Value, told: str | None) -> Value:
    return (
        {key: item for key, item in value.items() if key != told}
        if told and isinstance(value, dict)
        else value
    )


def _reconfigured(ctx: Context, identity: str, new: Props, old: Props) -> bool:
    before = _api.said(ctx, "lambda", "UpdateFunctionConfiguration", _given(old), _CONFIGURED, _WORDS)
    after = _api.said(ctx, "lambda", "UpdateFunctionConfiguration", _given(new), _CONFIGURED, _WORDS)
    gone = {name: nothing for name, nothing in _NOTHING.items() if name in before.keys() - after.keys()}
    if before == after:
        return False
    ctx.client("lambda").update_function_configuration(FunctionName=identity, **gone, **after)
    return True


def _recoded(ctx: Context, identity: str, new: Props, old: Props) -> bool:
    if all(new.get(name) == old.get(name) for name in _OF_CODE):
        return False
    processor = {"Architectures": new["architectures"]} if new.get("architectures") else {}
    ctx.client("lambda").update_function_code(FunctionName=identity, **_code.uploaded(new), **processor)
    return True


def _reserve(client: Any, identity: str, reserved: int) -> None:
    if reserved < 0:
        client.delete_function_concurrency(FunctionName=identity)
    else:
        client.put_function_concurrency(FunctionName=identity, ReservedConcurrentExecutions=reserved)
