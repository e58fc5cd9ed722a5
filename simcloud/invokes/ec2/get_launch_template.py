from __future__ import annotations

from simcloud.bindings.ec2._template_data import PROPERTIES, read
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

# Single blocks of the resource are lists of at most one here, some under a plural name.
_PLURALS = {
    "capacityReservationSpecification": "capacityReservationSpecifications",
    "creditSpecification": "creditSpecifications",
    "iamInstanceProfile": "iamInstanceProfiles",
    "monitoring": "monitorings",
    "placement": "placements",
}
_LISTS = {
    "blockDeviceMappings", "licenseSpecifications", "networkInterfaces", "secondaryInterfaces", "securityGroupNames",
    "tagSpecifications", "vpcSecurityGroupIds",
}  # fmt: skip
_BLOCKS = {
    *_PLURALS, "cpuOptions", "enclaveOptions", "hibernationOptions", "instanceMarketOptions", "instanceRequirements",
    "maintenanceOptions", "metadataOptions", "networkPerformanceOptions", "privateDnsNameOptions",
}  # fmt: skip
_FLAGS = {"disableApiStop", "disableApiTermination"}


def get_launch_template(ctx: Context, args: Props) -> Props:
    """A launch template by id, name, tags or filters, with the data of its newest version."""
    ec2, parameters = ctx.client("ec2"), {"Filters": _one.filters(args, {"name": "launch-template-name"})}
    if args.get("id"):
        parameters["LaunchTemplateIds"] = [args["id"]]
    found = _one.only(ec2.describe_launch_templates(**parameters)["LaunchTemplates"], "EC2 Launch Template")
    identity = found["LaunchTemplateId"]
    version = ec2.describe_launch_template_versions(LaunchTemplateId=identity, Versions=["$Latest"])[
        "LaunchTemplateVersions"
    ][0]
    return {
        **_data(read(version["LaunchTemplateData"])),
        "arn": ctx.arn("ec2", f"launch-template/{identity}"),
        "defaultVersion": found["DefaultVersionNumber"],
        "description": version.get("VersionDescription") or "",
        "filters": args.get("filters"),
        "id": identity,
        "latestVersion": found["LatestVersionNumber"],
        "name": found["LaunchTemplateName"],
        "region": ctx.region,
        "tags": _one.tags(found),
    }


def _data(data: Props) -> Props:
    answer: Props = {}
    for name in PROPERTIES:
        value = data.get(name)
        if name in _BLOCKS:
            answer[_PLURALS.get(name, name)] = [value] if value else []
        elif name in _LISTS:
            answer[name] = value or []
        else:
            answer[name] = bool(value) if name in _FLAGS else value or ""
    return answer
