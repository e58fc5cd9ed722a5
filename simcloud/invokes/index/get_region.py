from __future__ import annotations

from functools import cache

from botocore.loaders import Loader

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_region(ctx: Context, args: Props) -> Props:
    """The region of the provider, or the one that is asked for by name or EC2 endpoint."""
    endpoint = str(args.get("endpoint") or "").removeprefix("ec2.").removesuffix(".amazonaws.com")
    name = str(args.get("region") or args.get("name") or endpoint or ctx.region)
    description = _descriptions().get(name)
    if description is None:
        raise Refusal("InvalidParameterValue", f"there is no AWS region {name!r}.", "region")
    return {
        "description": description,
        "endpoint": f"ec2.{name}.amazonaws.com",
        "id": name,
        "name": name,
        "region": name,
    }


@cache
def _descriptions() -> dict[str, str]:
    partitions = Loader().load_data("endpoints")["partitions"]
    return {
        name: region["description"]
        for partition in partitions
        if partition["partition"] == "aws"
        for name, region in partition["regions"].items()
    }
