from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

from . import _template_data, _template_rules


class LaunchTemplate(Binding):
    """What instances are launched with, version by version."""

    token = "aws:ec2/launchTemplate:LaunchTemplate"
    service = "ec2"
    operation = "create_launch_template"
    parameters = {
        "LaunchTemplateName": "name",
        "VersionDescription": "description",
        **_template_data.PARAMETERS,
    }
    replaces = frozenset({"name", "namePrefix"})
    autoname = AutoName(limit=125)
    tagging = tagging.EC2
    references = (
        Reference("imageId", "image"),
        Reference("instanceType", "instance_type"),
        Reference("keyName", "key_pair"),
        Reference("vpcSecurityGroupIds[]", "security_group"),
        Reference("networkInterfaces[].securityGroups[]", "security_group"),
        Reference("networkInterfaces[].subnetId", "subnet"),
        Reference("blockDeviceMappings[].ebs.kmsKeyId", "kms_key"),
        Reference("blockDeviceMappings[].ebs.snapshotId", "snapshot"),
        Reference("iamInstanceProfile.name", "instance_profile"),
        Reference("iamInstanceProfile.arn", "instance_profile"),
    )
    faults = {"InvalidLaunchTemplateName.AlreadyExistsException": "name"}

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "LaunchTemplateName": new["name"],
                "VersionDescription": new.get("description"),
                "LaunchTemplateData": _template_data.written(ctx, new),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["LaunchTemplate"]["LaunchTemplateId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        ec2, wanted = ctx.client("ec2"), new.get("defaultVersion")
        before, after = self.request(ctx, old), self.request(ctx, new)
        if before != after:
            version = {name: value for name, value in after.items() if name != "LaunchTemplateName"}
            made = ec2.create_launch_template_version(LaunchTemplateId=identity, **version)
            if new.get("updateDefaultVersion"):
                wanted = made["LaunchTemplateVersion"]["VersionNumber"]
        if wanted is not None and wanted != old.get("defaultVersion"):
            ec2.modify_launch_template(LaunchTemplateId=identity, DefaultVersion=str(int(wanted)))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        ec2 = ctx.client("ec2")
        templates = ec2.describe_launch_templates(LaunchTemplateIds=[identity])["LaunchTemplates"]
        if not templates:
            return None
        newest = ec2.describe_launch_template_versions(LaunchTemplateId=identity, Versions=["$Latest"])
        version = newest["LaunchTemplateVersions"][0]
        data = _template_data.read(version["LaunchTemplateData"])
        return {
            **dict.fromkeys(_template_data.PROPERTIES),
            **data,
            "arn": ctx.arn("ec2", f"launch-template/{identity}"),
            "defaultVersion": templates[0]["DefaultVersionNumber"],
            "description": version.get("VersionDescription") or "",
            "latestVersion": templates[0]["LatestVersionNumber"],
            "metadataOptions": data.get("metadataOptions"),
            "name": templates[0]["LaunchTemplateName"],
            "namePrefix": given.get("namePrefix", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_launch_template(LaunchTemplateId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _template_rules.problems(ctx, new)
