"""Configurations of which a bucket has several: moto lacks most, and takes their removal for the bucket's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from moto.s3.exceptions import S3ClientError
from moto.s3.models import S3Backend
from moto.s3.responses import S3Response

from simcloud.patches import around

_NAMED = {
    "analytics": "ListBucketAnalyticsConfigurationResult",
    "intelligent-tiering": "ListBucketIntelligentTieringConfigurationsOutput",
    "inventory": "ListInventoryConfigurationsResult",
    "metrics": "ListMetricsConfigurationsResult",
}
_ACTIONS = {
    "analytics": "BucketAnalyticsConfiguration",
    "intelligent-tiering": "BucketIntelligentTieringConfiguration",
    "inventory": "BucketInventoryConfiguration",
    "metrics": "BucketMetricsConfiguration",
}
_XML = {"Content-Type": "application/xml"}


class NoSuchConfiguration(S3ClientError):
    code = "NoSuchConfiguration"
    message = "The specified configuration does not exist."


@around(S3Response)
def _bucket_response_put(original: Any, self: Any, request: Any, bucket_name: str, querystring: Any) -> Any:
    """AWS: keeps the configuration; moto: takes most of them for a bucket that is made again."""
    if "requestPayment" in querystring:
        _kept(self, bucket_name)["requestPayment", ""] = bytes(self.body)
        return 200, {}, ""
    kind = _kind(querystring)
    if kind is None:
        return original(self, request, bucket_name, querystring)
    _kept(self, bucket_name)[kind, querystring["id"][0]] = bytes(self.body)
    return 200, {}, ""


@around(S3Response)
def _bucket_response_get(original: Any, self: Any, bucket_name: str, querystring: Any) -> Any:
    """AWS: answers what was put; moto: inventories in part, the others not at all."""
    kind = _kind(querystring)
    if "requestPayment" in querystring:
        payer = b"<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"
        return 200, _XML, _kept(self, bucket_name).get(("requestPayment", ""), payer)
    if kind is None:
        return original(self, bucket_name, querystring)
    kept = _kept(self, bucket_name)
    if "id" not in querystring:
        return 200, _XML, _listed(kind, kept)
    if (kind, querystring["id"][0]) not in kept:
        self.data["Action"] = f"Get{_ACTIONS[kind]}"
        raise NoSuchConfiguration
    return 200, _XML, kept[kind, querystring["id"][0]]


@around(S3Response)
def _bucket_response_delete(original: Any, self: Any, bucket_name: str, querystring: Any) -> Any:
    """AWS: removes the configuration; moto: the whole bucket."""
    kind = _kind(querystring)
    if kind is None:
        return original(self, bucket_name, querystring)
    self.data["Action"] = f"Delete{_ACTIONS[kind]}"
    if _kept(self, bucket_name).pop((kind, querystring["id"][0]), None) is None:
        raise NoSuchConfiguration
    return 204, {}, ""


@around(S3Backend)
def put_object_lock_configuration(original: Any, self: Any, bucket_name: str, *given: Any) -> None:
    """AWS: takes a bucket that holds objects, since November 2023; moto: new ones only."""
    bucket = self.get_bucket(bucket_name)
    held, bucket.keys = bucket.keys, type(bucket.keys)()
    try:
        original(self, bucket_name, *given)
    finally:
        bucket.keys = held


def _kind(querystring: Mapping[str, Any]) -> str | None:
    return next((kind for kind in _NAMED if kind in querystring), None)


def _kept(response: Any, bucket_name: str) -> dict[tuple[str, str], bytes]:
    bucket = response.backend.get_bucket(bucket_name)
    kept: dict[tuple[str, str], bytes] = vars(bucket).setdefault("named_configurations", {})
    return kept


def _listed(kind: str, kept: Mapping[tuple[str, str], bytes]) -> bytes:
    bodies = [
        re.sub(rb"^\s*<\?xml[^>]*\?>", b"", body) for (of, _), body in sorted(kept.items()) if of == kind
    ]
    root = _NAMED[kind].encode()
    return b"<%s><IsTruncated>false</IsTruncated>%s</%s>" % (root, b"".join(bodies), root)
