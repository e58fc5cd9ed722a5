"""What a function says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.bindings.lambda_._names import invoke_arn, streaming_arn
from simcloud.context import Context
from simcloud.values import Props

_IMAGE = {"EntryPoint": "entryPoints", "Command": "commands", "WorkingDirectory": "workingDirectory"}


def outputs(ctx: Context, identity: str, answer: Mapping[str, Any], given: Props) -> Props:
    """The properties that are not spelled as the API spells them."""
    found, code = answer["Configuration"], answer.get("Code") or {}
    arn, version = found["FunctionArn"], _latest(ctx, identity)
    variables = (found.get("Environment") or {}).get("Variables")
    return {
        "arn": arn,
        "name": found["FunctionName"],
        "version": version,
        "qualifiedArn": f"{arn}:{version}",
        "invokeArn": invoke_arn(ctx, arn),
        "qualifiedInvokeArn": invoke_arn(ctx, f"{arn}:{version}"),
        "responseStreamingInvokeArn": streaming_arn(ctx, arn),
        "lastModified": found["LastModified"],
        "codeSha256": found["CodeSha256"],
        "sourceCodeHash": given.get("sourceCodeHash") or found["CodeSha256"],
        "sourceCodeSize": found["CodeSize"],
        "signingJobArn": found.get("SigningJobArn") or "",
        "signingProfileVersionArn": found.get("SigningProfileVersionArn") or "",
        "description": found.get("Description") or None,
        "environment": {"variables": variables}
        if variables
        else given.get("environment") and {"variables": {}},
        "imageUri": code.get("ImageUri"),
        "imageConfig": _image(found),
        "layers": [layer["Arn"] for layer in found.get("Layers") or ()] or None,
        "vpcConfig": _vpc(found.get("VpcConfig") or {}),
        "snapStart": _snap(found.get("SnapStart") or {}),
        "sourceKmsKeyArn": code.get("SourceKMSKeyArn"),
        "reservedConcurrentExecutions": (answer.get("Concurrency") or {}).get(
            "ReservedConcurrentExecutions", -1
        ),
        "kmsKeyArn": found.get("KMSKeyArn") or None,
    }


def _latest(ctx: Context, identity: str) -> str:
    """The last published version; `$LATEST` before the first."""
    versions = ctx.client("lambda").list_versions_by_function(FunctionName=identity)["Versions"]
    return str(versions[-1]["Version"])


def _image(found: Mapping[str, Any]) -> Props | None:
    image = (found.get("ImageConfigResponse") or {}).get("ImageConfig") or {}
    told = {name: image[api] for api, name in _IMAGE.items() if image.get(api)}
    return told or None


def _vpc(found: Mapping[str, Any]) -> Props | None:
    if not found.get("SubnetIds"):
        return None
    return {
        "subnetIds": found["SubnetIds"],
        "securityGroupIds": found["SecurityGroupIds"],
        "vpcId": found.get("VpcId", ""),
        "ipv6AllowedForDualStack": found.get("Ipv6AllowedForDualStack", False),
    }


def _snap(found: Mapping[str, Any]) -> Props | None:
    if found.get("ApplyOn", "None") == "None":
        return None
    return {"applyOn": found["ApplyOn"], "optimizationStatus": found.get("OptimizationStatus", "Off")}
