from __future__ import annotations

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: ip-ranges.json holds thousands; these few stand for them: service, region, IPv4, IPv6. From memory, not verified.
_RANGES = (
    (
        "cloudfront",
        "global",
        ("13.32.0.0/15", "13.35.0.0/16", "52.84.0.0/15", "99.84.0.0/16"),
        ("2600:9000::/28",),
    ),
    (
        "route53_healthchecks",
        "us-east-1",
        ("107.23.255.0/26", "54.243.31.192/26"),
        ("2600:1f18:3fff:f800::/56",),
    ),
    (
        "route53_healthchecks",
        "eu-west-1",
        ("54.228.16.0/26", "176.34.159.192/26"),
        ("2a05:d018:fff:f800::/56",),
    ),
    ("s3", "us-east-1", ("52.216.0.0/15", "54.231.0.0/16"), ("2600:1fa0:8000::/39",)),
    ("s3", "eu-west-1", ("52.218.0.0/17",), ("2a05:d07a:8000::/40",)),
    ("ec2", "us-east-1", ("3.80.0.0/12", "52.0.0.0/15"), ("2600:1f18::/33",)),
    ("ec2", "eu-west-1", ("3.248.0.0/13", "52.16.0.0/15"), ("2a05:d018::/36",)),
)
_URL = "https://ip-ranges.amazonaws.com/ip-ranges.json"


def get_ip_ranges(ctx: Context, args: Props) -> Props:
    """Some of the addresses of AWS's services; `amazon` is all of them."""
    services = {name.lower() for name in args["services"]}
    regions = {name.lower() for name in args.get("regions") or ()}
    fitting = [
        item
        for item in _RANGES
        if (item[0] in services or "amazon" in services) and (not regions or item[1] in regions)
    ]
    if not fitting:
        wanted = ", ".join(sorted(services | regions))
        raise Refusal("NotFound", f"no IP ranges result from filters: {wanted}", "services")
    return {
        "cidrBlocks": sorted(block for item in fitting for block in item[2]),
        "createDate": "2026-11-01-00-00-00",
        "id": "1793491200",
        "ipv6CidrBlocks": sorted(block for item in fitting for block in item[3]),
        "regions": args.get("regions"),
        "services": args["services"],
        "syncToken": 1793491200,
        "url": args.get("url") or _URL,
    }
