from __future__ import annotations

from simcloud.bindings.s3 import _places
from simcloud.context import Context
from simcloud.values import Props


def get_bucket(ctx: Context, args: Props) -> Props:
    """A bucket by name."""
    s3, name = ctx.client("s3"), args["bucket"]
    s3.head_bucket(Bucket=name)
    region = s3.get_bucket_location(Bucket=name).get("LocationConstraint") or "us-east-1"
    return {
        "arn": f"arn:{ctx.partition}:s3:::{name}",
        "bucket": name,
        "bucketDomainName": _places.domain(name),
        "bucketRegion": region,
        "bucketRegionalDomainName": _places.regional_domain(name, region),
        "hostedZoneId": _places.hosted_zone(region),
        "id": name,
        "region": ctx.region,
        "websiteDomain": _places.website_domain(region),
        "websiteEndpoint": f"{name}.{_places.website_domain(region)}",
    }
