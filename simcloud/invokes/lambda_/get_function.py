from __future__ import annotations

from simcloud.bindings.lambda_ import _names
from simcloud.bindings.lambda_._tagging import TAGS
from simcloud.bindings.lambda_.function import Function
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SAME = (
    "architectures", "arn", "codeSha256", "handler", "imageUri", "invokeArn", "kmsKeyArn", "lastModified",
    "memorySize", "qualifiedArn", "qualifiedInvokeArn", "reservedConcurrentExecutions", "responseStreamingInvokeArn",
    "role", "runtime", "signingJobArn", "signingProfileVersionArn", "sourceCodeHash", "sourceCodeSize",
    "sourceKmsKeyArn", "timeout", "version",
)  # fmt: skip
_LISTS = {
    "capacityProviderConfigs": "capacityProviderConfig",
    "durableConfigs": "durableConfig",
    "ephemeralStorages": "ephemeralStorage",
    "fileSystemConfigs": "fileSystemConfig",
    "loggingConfigs": "loggingConfig",
    "tenancyConfigs": "tenancyConfig",
}
_NO_VPC = {"ipv6AllowedForDualStack": False, "securityGroupIds": [], "subnetIds": [], "vpcId": ""}


def get_function(ctx: Context, args: Props) -> Props:
    """A function by name or ARN, at its last version unless a qualifier says otherwise."""
    name, qualifier = _names.name_of(args["functionName"]), args.get("qualifier")
    found = Function().read(ctx, name, {})
    if found is None:
        raise Refusal("ResourceNotFoundException", f"Function not found: {name}")
    return {
        **{key: found.get(key) or "" for key in _SAME},
        **{many: [found[one]] if found.get(one) else [] for many, one in _LISTS.items()},
        **(_at(ctx, name, qualifier) if qualifier else {}),
        "codeSigningConfigArn": "",
        "deadLetterConfig": found.get("deadLetterConfig") or {"targetArn": ""},
        "description": found["description"] or "",
        "environment": found.get("environment") or {"variables": {}},
        "functionName": args["functionName"],
        "id": name,
        "layers": found["layers"] or [],
        "qualifier": qualifier or "",
        "region": ctx.region,
        "tags": TAGS.current(ctx, found["arn"]),
        "tracingConfig": found.get("tracingConfig") or {"mode": "PassThrough"},
        "vpcConfig": found["vpcConfig"] or _NO_VPC,
    }


def _at(ctx: Context, name: str, qualifier: str) -> Props:
    """What differs for a version or an alias."""
    answer = ctx.client("lambda").get_function(FunctionName=name, Qualifier=qualifier)["Configuration"]
    arn = f"{answer['FunctionArn'].removesuffix(':' + answer['Version'])}:{qualifier}"
    return {
        "version": answer["Version"],
        "codeSha256": answer["CodeSha256"],
        "sourceCodeHash": answer["CodeSha256"],
        "qualifiedArn": arn,
        "qualifiedInvokeArn": _names.invoke_arn(ctx, arn),
    }
