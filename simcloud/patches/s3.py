"""S3 as AWS answers it."""

from __future__ import annotations

from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeBucket, PublicAccessBlock, S3Backend
from moto.s3.responses import S3Response

from simcloud import policy_document
from simcloud.patches import around

_KEPT = ("lifecycle", "logging", "notification", "replication", "website")
_MINIMUM_SIZE = "x-amz-transition-default-minimum-object-size"


@around(S3Response)
def _bucket_response_put(original: Any, self: Any, request: Any, bucket_name: str, querystring: Any) -> Any:
    """AWS: keeps a configuration whole; moto: only the parts it knows. So what was put is kept beside."""
    answer = original(self, request, bucket_name, querystring)
    for kind in _KEPT:
        if kind in querystring:
            bucket = self.backend.get_bucket(bucket_name)
            documents = vars(bucket).setdefault("documents", {})
            documents[kind] = (bytes(self.body), request.headers.get(_MINIMUM_SIZE))
    return answer


def _as_put(kind: str, original: Any, self: Any) -> Any:
    """What was put, if moto says that something is there."""
    answer = original(self)
    documents = getattr(self.backend.get_bucket(self.bucket_name), "documents", {})
    if kind not in documents:
        return answer
    body, size = documents[kind]
    headers = {_MINIMUM_SIZE: size or "all_storage_classes_128K"} if kind == "lifecycle" else {}
    return 200, {"Content-Type": "application/xml", **headers}, body


@around(S3Response)
def get_bucket_lifecycle(original: Any, self: Any) -> Any:
    """AWS: all of every rule; moto: loses newer versions, object sizes and the minimum size."""
    return _as_put("lifecycle", original, self)


@around(S3Response)
def get_bucket_replication(original: Any, self: Any) -> Any:
    """AWS: all of every rule; moto: loses filters, delete markers and source selection."""
    return _as_put("replication", original, self)


@around(S3Response)
def get_bucket_logging(original: Any, self: Any) -> Any:
    """AWS: with the format of the keys; moto: without."""
    return _as_put("logging", original, self)


@around(S3Backend)
def get_bucket_encryption(original: Any, self: Any, bucket_name: str) -> Any:
    """AWS: every bucket encrypts, with AES256 unless told otherwise; moto: no default."""
    default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": "false"}
    return original(self, bucket_name) or {"Rule": default}


@around(FakeBucket)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: a new bucket blocks all public access, since April 2023; moto: none. From memory, not verified."""
    original(self, *args, **given)
    self.public_access_block = PublicAccessBlock("true", "true", "true", "true")


@around(S3Backend)
def put_bucket_policy(original: Any, self: Any, bucket_name: str, policy: bytes) -> Any:
    """AWS: refuses malformed policies, and public ones where they are blocked; moto: takes any text."""
    text = policy.decode()
    for problem in policy_document.problems(text, "", policy_document.BUCKET):
        raise S3ClientError(problem.code, problem.message)
    block = self.get_bucket(bucket_name).public_access_block
    public = any(map(policy_document.is_public, policy_document.statements(text)))
    if public and block and str(block.block_public_policy).lower() == "true":
        raise S3ClientError("AccessDenied", "public policies are blocked by the BlockPublicPolicy setting.")
    return original(self, bucket_name, policy)


@around(FakeBucket)
def get_permission(original: Any, self: Any, action: str, resource: str) -> Any:
    """AWS: a denial holds under its condition; moto: under none, so that a bucket for TLS only takes no object.

    Nobody is denied anything here, so policies are not asked at all.
    """
    found = original(self, action, resource)
    return PermissionResult.NEUTRAL if found is PermissionResult.DENIED else found


@around(S3Response)
def _tagging_from_xml(original: Any, self: Any) -> Any:
    """AWS: an object may lose all its tags; moto: fails on an empty set."""
    return original(self) if b"<Tag>" in bytes(self.body) else {}


@around(S3Response)
def get_bucket_notification(original: Any, self: Any) -> Any:
    """AWS: tells that EventBridge is on; moto: does not."""
    return _as_put("notification", original, self)


@around(S3Backend)
def log_incoming_request(original: Any, self: Any, request: Any, bucket_name: str) -> None:
    """AWS: delivers access logs hours later; moto: at once, so that looking at a bucket fills its log bucket."""
