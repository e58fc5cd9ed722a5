"""The settings that a bucket may still carry itself, deprecated as they are: each in terms of its own API call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from simcloud import strict
from simcloud.binding import Params
from simcloud.bindings.s3 import _inline_lifecycle, _inline_website
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, as_document, without_none

_CORS = {
    "allowedHeaders": "AllowedHeaders",
    "allowedMethods": "AllowedMethods",
    "allowedOrigins": "AllowedOrigins",
    "exposeHeaders": "ExposeHeaders",
    "maxAgeSeconds": "MaxAgeSeconds",
}
_KEYS = {"sseAlgorithm": "SSEAlgorithm", "kmsMasterKeyId": "KMSMasterKeyID"}
_LOGS = {"targetBucket": "TargetBucket", "targetPrefix": "TargetPrefix"}


@dataclass(frozen=True)
class Inline:
    """One setting: the calls, the parameters out of the property, and the property out of the answer."""

    put: str
    get: str
    written: Callable[[Value], Params]
    found: Callable[[Mapping[str, Any]], Value]
    remove: str = ""
    """The call that removes it; without one, `put` with what `written` makes of None."""


def configure(ctx: Context, bucket: str, new: Props, old: Props) -> None:
    """Bring the inline settings from `old` to `new`."""
    s3 = ctx.client("s3")
    for name, inline in INLINE.items():
        value = new.get(name)
        if value == old.get(name):
            continue
        if value is None and inline.remove:
            getattr(s3, inline.remove)(Bucket=bucket)
        elif value is not None or old:
            getattr(s3, inline.put)(Bucket=bucket, **inline.written(value))


def read(ctx: Context, bucket: str, given: Props) -> Props:
    """What the cloud says of the settings that were given; None for one that somebody took away."""
    s3 = ctx.client("s3")
    found: Props = {}
    for name, inline in INLINE.items():
        if given.get(name) is None:
            continue
        try:
            found[name] = inline.found(getattr(s3, inline.get)(Bucket=bucket))
        except ClientError:
            found[name] = None
    return found


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """What the service model forbids in the inline settings."""
    client = ctx.client("s3")
    for name, inline in INLINE.items():
        if new.get(name) is None:
            continue
        operation = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[inline.put])
        params = {"Bucket": new["bucket"], **inline.written(new[name])}
        for problem in strict.violations(operation.input_shape, params):
            yield Refusal(problem.code, f"{problem.path}: {problem.message}", name)


def _renamed(value: Value, names: Mapping[str, str]) -> Value:
    if not isinstance(value, Mapping):
        return value
    return {api: value[name] for name, api in names.items() if value.get(name) not in (None, "")}


def _back(value: Mapping[str, Any], names: Mapping[str, str]) -> Props:
    return without_none({name: value.get(api) for name, api in names.items()})


def _cors(rules: Value) -> Params:
    listed = [_renamed(rule, _CORS) for rule in rules] if isinstance(rules, list) else rules
    return {"CORSConfiguration": {"CORSRules": listed}}


def _encryption(given: Value) -> Params:
    rule = given.get("rule") if isinstance(given, Mapping) else given
    if not isinstance(rule, Mapping):
        return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}
    written = {
        "ApplyServerSideEncryptionByDefault": _renamed(rule.get("applyServerSideEncryptionByDefault"), _KEYS),
        "BucketKeyEnabled": rule.get("bucketKeyEnabled"),
    }
    return {"ServerSideEncryptionConfiguration": {"Rules": [without_none(written)]}}


def _found_encryption(answer: Mapping[str, Any]) -> Value:
    rule = answer["ServerSideEncryptionConfiguration"]["Rules"][0]
    default = _back(rule["ApplyServerSideEncryptionByDefault"], _KEYS)
    return {
        "rule": {
            "applyServerSideEncryptionByDefault": {"kmsMasterKeyId": "", **default},
            "bucketKeyEnabled": rule.get("BucketKeyEnabled", False),
        }
    }


def _logging(given: Value) -> Params:
    if given is None:
        return {"BucketLoggingStatus": {}}
    # The API wants a prefix, the provider fills an empty one in.
    target = _renamed(given, _LOGS)
    whole = {"TargetPrefix": "", **target} if isinstance(target, Mapping) else target
    return {"BucketLoggingStatus": {"LoggingEnabled": whole}}


def _found_logging(answer: Mapping[str, Any]) -> Value:
    return _back(answer["LoggingEnabled"], _LOGS) if "LoggingEnabled" in answer else None


def _versioning(given: Value) -> Params:
    enabled = isinstance(given, Mapping) and given.get("enabled")
    return {"VersioningConfiguration": {"Status": "Enabled" if enabled else "Suspended"}}


def _found_versioning(answer: Mapping[str, Any]) -> Value:
    return {"enabled": answer.get("Status") == "Enabled", "mfaDelete": answer.get("MFADelete") == "Enabled"}


def _found_policy(answer: Mapping[str, Any]) -> Value:
    return answer["Policy"] if as_document(answer["Policy"]) else None


INLINE: Mapping[str, Inline] = {
    "accelerationStatus": Inline(
        "put_bucket_accelerate_configuration",
        "get_bucket_accelerate_configuration",
        lambda given: {"AccelerateConfiguration": {"Status": given or "Suspended"}},
        lambda answer: answer.get("Status", ""),
    ),
    "corsRules": Inline(
        "put_bucket_cors",
        "get_bucket_cors",
        _cors,
        lambda answer: [_back(rule, _CORS) for rule in answer["CORSRules"]],
        "delete_bucket_cors",
    ),
    "lifecycleRules": Inline(
        "put_bucket_lifecycle_configuration",
        "get_bucket_lifecycle_configuration",
        _inline_lifecycle.written,
        _inline_lifecycle.found,
        "delete_bucket_lifecycle",
    ),
    "logging": Inline("put_bucket_logging", "get_bucket_logging", _logging, _found_logging),
    "policy": Inline(
        "put_bucket_policy",
        "get_bucket_policy",
        lambda given: {"Policy": given},
        _found_policy,
        "delete_bucket_policy",
    ),
    "requestPayer": Inline(
        "put_bucket_request_payment",
        "get_bucket_request_payment",
        lambda given: {"RequestPaymentConfiguration": {"Payer": given or "BucketOwner"}},
        lambda answer: answer.get("Payer", "BucketOwner"),
    ),
    "serverSideEncryptionConfiguration": Inline(
        "put_bucket_encryption",
        "get_bucket_encryption",
        _encryption,
        _found_encryption,
        "delete_bucket_encryption",
    ),
    "versioning": Inline("put_bucket_versioning", "get_bucket_versioning", _versioning, _found_versioning),
    "website": Inline(
        "put_bucket_website",
        "get_bucket_website",
        _inline_website.written,
        _inline_website.found,
        "delete_bucket_website",
    ),
}
