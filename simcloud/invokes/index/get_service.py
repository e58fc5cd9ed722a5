from __future__ import annotations

from functools import cache

from botocore.loaders import Loader

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SUFFIX, _PREFIX = "amazonaws.com", "com.amazonaws"


def get_service(ctx: Context, args: Props) -> Props:
    """A service of AWS in a region, by its id or one of its names."""
    region, service = _named(ctx, args)
    return {
        "dnsName": f"{service}.{region}.{_SUFFIX}",
        "id": f"{_PREFIX}.{region}.{service}",
        "partition": ctx.partition,
        "region": region,
        "reverseDnsName": f"{_PREFIX}.{region}.{service}",
        "reverseDnsPrefix": _PREFIX,
        "serviceId": service,
        "supported": region in _places(service),
    }


def _named(ctx: Context, args: Props) -> tuple[str, str]:
    region = str(args.get("region") or ctx.region)
    if args.get("dnsName"):
        service, place = str(args["dnsName"]).removesuffix(f".{_SUFFIX}").split(".", 1)
        return place, service
    if args.get("reverseDnsName"):
        place, service = str(args["reverseDnsName"]).removeprefix(f"{_PREFIX}.").split(".", 1)
        return place, service
    if args.get("serviceId"):
        return region, str(args["serviceId"])
    raise Refusal("InvalidArgument", "one of dnsName, reverseDnsName and serviceId is needed.", "serviceId")


@cache
def _places(service: str) -> frozenset[str]:
    partitions = Loader().load_data("endpoints")["partitions"]
    known = next(item for item in partitions if item["partition"] == "aws")
    return frozenset(known["services"].get(service, {}).get("endpoints", {}))
