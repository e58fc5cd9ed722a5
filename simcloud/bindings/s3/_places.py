"""Where buckets are reached."""

from __future__ import annotations

# AWS: «Amazon S3 endpoints and quotas», website endpoints, AWS General Reference; per reference notes, not verified.
_ZONES = {
    "af-south-1": "Z83WF9RJE8B12",
    "ap-northeast-1": "Z2M4EHUR26P7ZW",
    "ap-northeast-2": "Z3W03O7B5YMIYP",
    "ap-south-1": "Z11RGJOFQNVJUP",
    "ap-southeast-1": "Z3O0J2DXBE1FTB",
    "ap-southeast-2": "Z1WCIGYICN2BYD",
    "ca-central-1": "Z1QDHH18159H29",
    "eu-central-1": "Z21DNDUVLTQW6Q",
    "eu-north-1": "Z3BAZG2TWCNX0D",
    "eu-west-1": "Z1BKCTXD74EZPE",
    "eu-west-2": "Z3GKZC51ZF0DB4",
    "eu-west-3": "Z3R1K369G5AVDG",
    "sa-east-1": "Z7KQH4QJS55SO",
    "us-east-1": "Z3AQBSTGFJSTF",
    "us-east-2": "Z2O1EMRO9K5GLX",
    "us-west-1": "Z2F56UZL2M1ACD",
    "us-west-2": "Z3BJ6K6RIION7M",
}
# The older regions have a dash where the others have a dot.
_DASHED = frozenset(
    {
        "us-east-1", "us-west-1", "us-west-2", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "eu-west-1",
        "sa-east-1",
    }
)  # fmt: skip


def hosted_zone(region: str) -> str:
    """The Route 53 zone that aliases onto websites in `region` name."""
    return _ZONES.get(region, "")


def website_domain(region: str) -> str:
    """The domain below which buckets of `region` are websites."""
    return f"s3-website{'-' if region in _DASHED else '.'}{region}.amazonaws.com"


def domain(bucket: str) -> str:
    """The bucket's global domain name."""
    return f"{bucket}.s3.amazonaws.com"


def regional_domain(bucket: str, region: str) -> str:
    """The bucket's domain name in its region."""
    return f"{bucket}.s3.{region}.amazonaws.com"
