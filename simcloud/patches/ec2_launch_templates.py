"""Launch templates as EC2 keeps them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend
from moto.ec2.responses.launch_templates import LaunchTemplates
from moto.ec2.utils import parse_user_data

from simcloud.patches import around


@around(LaunchTemplate)
def create_version(original: Any, self: Any, data: dict[str, Any], description: str) -> Any:
    """AWS: user data is checked in every version; moto: in the first one, and it is told as none when there is none."""
    text = data.pop("UserData", None)
    if text:
        data["UserData"] = parse_user_data(text) if isinstance(text, str) else text
    return original(self, data, description)


@around(LaunchTemplate)
def get_version(original: Any, self: Any, num: Any) -> Any:
    """AWS: a version that is not there is an error; moto: 0 is the last one."""
    text = str(num).lower()
    if text not in ("$latest", "$default") and not (text.isdigit() and 1 <= int(text) <= len(self.versions)):
        raise EC2ClientError(
            "InvalidLaunchTemplateId.VersionNotFound",
            f"Could not find the specified version {num} for the launch template with ID {self.id}.",
        )
    return original(self, num)


@around(LaunchTemplateBackend)
def describe_launch_templates(
    original: Any, self: Any, template_names: Any = None, template_ids: Any = None, filters: Any = None
) -> Any:
    """AWS: an unknown id is an error; moto: it is left out."""
    for identity in template_ids or ():
        self.get_launch_template(identity)
    return original(self, template_names, template_ids, filters)


@around(LaunchTemplates)
def create_launch_template(original: Any, self: Any) -> ActionResult:
    """AWS: the tags of a template are no part of its data; moto: adds them to it."""
    answer: ActionResult = original(self)
    template = list(self.ec2_backend.launch_templates.values())[-1]
    given = self._get_param("LaunchTemplateData", {}).get("TagSpecifications")
    template.versions[0].data.pop("TagSpecifications", None)
    if given:
        template.versions[0].data["TagSpecifications"] = given
    return answer
