from __future__ import annotations

import re

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_ami_ids(ctx: Context, args: Props) -> Props:
    """The ids of all machine images that fit, newest first unless asked otherwise."""
    parameters: Props = {"Filters": _one.filters({**args, "tags": None}, {}), "Owners": args["owners"]}
    pattern = re.compile(args.get("nameRegex") or "")
    images = [
        image
        for image in ctx.client("ec2").describe_images(**parameters)["Images"]
        if pattern.search(image.get("Name", ""))
    ]
    oldest_first = sorted(images, key=lambda image: str(image.get("CreationDate", "")))
    ordered = oldest_first if args.get("sortAscending") else oldest_first[::-1]
    return {
        "executableUsers": args.get("executableUsers"),
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [image["ImageId"] for image in ordered],
        "includeDeprecated": args.get("includeDeprecated"),
        "nameRegex": args.get("nameRegex"),
        "owners": args["owners"],
        "region": ctx.region,
        "sortAscending": args.get("sortAscending"),
    }
