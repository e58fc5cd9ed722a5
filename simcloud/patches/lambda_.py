"""Functions as Lambda keeps them."""

from __future__ import annotations

import json
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaBackend, LambdaFunction, LambdaStorage
from moto.backends import get_backend

from simcloud.patches import around

# What moto drops at creation, and what an update then changes.
_LOST = (
    "CapacityProviderConfig", "DeadLetterConfig", "DurableConfig", "FileSystemConfigs", "LoggingConfig",
    "SnapStart", "TenancyConfig",
)  # fmt: skip
_UNCHANGED = {"KMSKeyArn": "kms_key_arn", "TracingConfig": "tracing_config"}


@around(LambdaFunction)
def __init__(
    original: Any, self: Any, account_id: str, spec: dict[str, Any], *args: Any, **given: Any
) -> None:
    """AWS: keeps every setting; moto: drops some."""
    self.kept = {name: spec[name] for name in _LOST if name in spec}
    original(self, account_id, spec, *args, **given)


@around(LambdaFunction)
def get_configuration(original: Any, self: Any, on_create: bool = False) -> dict[str, Any]:
    """AWS: tells every setting; moto: not what it dropped, and a VPC that is not there."""
    found = original(self, on_create)
    kept = {name: value for name, value in self.kept.items() if value}
    if "SnapStart" in kept:
        status = "On" if kept["SnapStart"]["ApplyOn"] != "None" and self.version != "$LATEST" else "Off"
        kept["SnapStart"] = {**kept["SnapStart"], "OptimizationStatus": status}
    logging = {
        "LogFormat": "Text",
        "LogGroup": f"/aws/lambda/{self.function_name}",
        **kept.get("LoggingConfig", {}),
    }
    if logging["LogFormat"] == "JSON":
        logging = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO", **logging}
    vpc = dict(found.get("VpcConfig") or {})
    if vpc.get("SubnetIds"):
        vpc["VpcId"] = _vpc_of(self, vpc["SubnetIds"][0])
    return {**found, **kept, "LoggingConfig": logging, "VpcConfig": vpc}


@around(LambdaFunction)
def get_code(original: Any, self: Any) -> dict[str, Any]:
    """AWS: an image is named by its whole address; moto: splits a digest wrongly."""
    found: dict[str, Any] = original(self)
    if "SourceKMSKeyArn" in self.code:
        found["Code"]["SourceKMSKeyArn"] = self.code["SourceKMSKeyArn"]
    if self.reserved_concurrency == 0:
        found["Concurrency"] = {"ReservedConcurrentExecutions": 0}
    return found


@around(LambdaFunction)
def update_configuration(original: Any, self: Any, config_updates: dict[str, Any]) -> dict[str, Any]:
    """AWS: changes every setting; moto: half of them."""
    if "Role" in config_updates:
        _require_trust(self, config_updates["Role"])
    self.kept = {**self.kept, **{name: value for name, value in config_updates.items() if name in _LOST}}
    for name, attribute in _UNCHANGED.items():
        if name in config_updates:
            setattr(self, attribute, config_updates[name] or None)
    if "EphemeralStorage" in config_updates:
        self.ephemeral_storage = config_updates["EphemeralStorage"]["Size"]
    if "ImageConfig" in config_updates:
        given = config_updates["ImageConfig"]
        self.image_config.cmd = given.get("Command", [])
        self.image_config.entry_point = given.get("EntryPoint", [])
        self.image_config.working_directory = given.get("WorkingDirectory")
    original(self, config_updates)
    return self.get_configuration()  # type: ignore[no-any-return]


@around(LambdaFunction)
def update_function_code(original: Any, self: Any, updated_spec: dict[str, Any]) -> dict[str, Any]:
    """AWS: new code may be for another processor; moto: not."""
    if updated_spec.get("Architectures"):
        self.architectures = updated_spec["Architectures"]
    self.code = dict(self.code)
    found: dict[str, Any] = original(self, updated_spec)
    return found


@around(LambdaFunction)
def _get_layers_data(original: Any, self: Any, layers_versions_arns: list[str]) -> list[Any]:
    """AWS: layers of other accounts can be used if they are shared; moto: knows its own account's only."""
    own = [arn for arn in layers_versions_arns if arn.split(":")[4:5] == [self.account_id]]
    known = {layer["Arn"]: layer for layer in original(self, own)}
    return [known.get(arn, {"Arn": arn, "CodeSize": 0}) for arn in layers_versions_arns]


@around(LambdaStorage)
def put_function(original: Any, self: Any, fn: Any) -> None:
    """AWS: the role must let Lambda in; moto: must exist."""
    original(self, fn)
    try:
        _require_trust(fn, fn.role)
    except LambdaClientError:
        self._functions.pop(fn.function_name, None)
        raise


@around(LambdaBackend)
def create_event_source_mapping(original: Any, self: Any, spec: dict[str, Any]) -> Any:
    """AWS: a source is mapped to a function once; moto: any number of times."""
    function = self.get_function(spec.get("FunctionName", ""))
    held: list[Any] = list(self._event_source_mappings.values())
    for mapping in held:
        if (
            mapping.event_source_arn == spec.get("EventSourceArn")
            and mapping.function_arn == function.function_arn
        ):
            raise LambdaClientError(
                "ResourceConflictException",
                f'An event source mapping with event source arn (" {mapping.event_source_arn} ") and function name '
                f'(" {function.function_name} ") already exists. Please update or delete the existing mapping '
                f"with UUID {mapping.uuid}",
            )
    return original(self, spec)


@around(LambdaBackend)
def delete_event_source_mapping(original: Any, self: Any, uuid: str) -> Any:
    """AWS: a deleted mapping gets nothing from its queue any more; moto: it does."""
    mapping: Any = original(self, uuid)
    for queue in get_backend("sqs")[self.account_id][self.region_name].queues.values() if mapping else ():
        reading: Any = queue.lambda_event_source_mappings
        if reading.get(mapping.function_arn) is mapping:
            del reading[mapping.function_arn]
    return mapping


def _require_trust(function: Any, arn: str) -> None:
    role = get_backend("iam")[function.account_id]["aws"].get_role_by_arn(arn)
    document = json.loads(role.assume_role_policy_document)
    statements = document.get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal", {})
        services = principal.get("Service", []) if isinstance(principal, dict) else [principal]
        named = [services] if isinstance(services, str) else services
        if statement.get("Effect") == "Allow" and {"lambda.amazonaws.com", "*"} & set(named):
            return
    raise LambdaClientError(
        "InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."
    )


def _vpc_of(function: Any, subnet_id: str) -> str | None:
    ec2 = get_backend("ec2")[function.account_id][function.region]
    return next((subnet.vpc_id for subnet in ec2.describe_subnets() if subnet.id == subnet_id), None)


@around(LambdaStorage)
def put_alias(original: Any, self: Any, name: str, function_name: str, *args: Any, **given: Any) -> Any:
    """AWS: says ResourceConflictException for an alias that exists; moto: ConflictException."""
    if name in self._get_function_aliases(function_name):
        raise LambdaClientError("ResourceConflictException", f"Alias already exists: {function_name}:{name}")
    return original(self, name, function_name, *args, **given)
