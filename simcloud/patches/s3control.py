"""S3's account-wide things as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.s3.exceptions import S3ClientError
from moto.s3.models import S3Backend, s3_backends
from moto.s3control.exceptions import S3ControlError
from moto.s3control.models import s3control_backends
from moto.s3control.responses import S3ControlResponse

from simcloud.patches import around

_ENDPOINTS = {
    "ipv4": "s3-accesspoint.{}.amazonaws.com",
    "fips": "s3-accesspoint-fips.{}.amazonaws.com",
    "fips_dualstack": "s3-accesspoint-fips.dualstack.{}.amazonaws.com",
    "dualstack": "s3-accesspoint.dualstack.{}.amazonaws.com",
}


@around(S3ControlResponse)
def create_access_point(original: Any, self: Any) -> Any:
    """AWS: in a region, names unique, onto a bucket that is there; moto: in us-east-1, overwritten, onto anything."""
    account, name = self._get_param("AccountId"), self._get_param("Name")
    if name in self.backend.access_points[account]:
        raise S3ControlError(
            "AccessPointAlreadyOwnedByYou",
            "Your previous request to create the named access point succeeded.",
        )
    s3_backends[account][self.partition].get_bucket(self._get_param("Bucket"))
    original(self)
    point = self.backend.get_access_point(account_id=account, name=name)
    point.arn = point.arn.replace(":us-east-1:", f":{self.region}:")
    return ActionResult({"AccessPointArn": point.arn, "Alias": point.alias})


@around(S3ControlResponse)
def get_access_point(original: Any, self: Any) -> Any:
    """AWS: with the endpoints of its region; moto: with those of us-east-1."""
    answer = original(self)
    region = answer.result["AccessPointArn"].split(":")[3]
    answer.result["Endpoints"] = {key: host.format(region) for key, host in _ENDPOINTS.items()}
    return answer


@around(S3Backend)
def delete_bucket(original: Any, self: Any, bucket_name: str) -> Any:
    """AWS: refuses while access points lead to the bucket; moto: deletes."""
    control = s3control_backends[self.account_id][self.partition]
    if any(point.bucket == bucket_name for point in control.access_points[self.account_id].values()):
        raise S3ClientError(
            "BucketHasAccessPointsAttached",
            "The bucket you tried to delete has Amazon S3 access points attached. Delete your access points and then "
            "try your request again.",
        )
    return original(self, bucket_name)
