from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: services whose linked role has a fixed name; from memory of their user guides, not verified.
_FIXED = frozenset(
    f"{service}.amazonaws.com"
    for service in (
        "ecs", "elasticloadbalancing", "rds", "elasticache", "ecs.application-autoscaling", "organizations", "support",
        "trustedadvisor", "config", "guardduty", "wafv2", "opensearchservice", "spot", "backup", "cloudtrail",
    )
)  # fmt: skip


class ServiceLinkedRole(Binding):
    """The role that a service of AWS makes for itself."""

    token = "aws:iam/serviceLinkedRole:ServiceLinkedRole"
    service = "iam"
    operation = "create_service_linked_role"
    parameters = {"AWSServiceName": "awsServiceName"}
    replaces = frozenset({"awsServiceName", "customSuffix"})
    faults = {"InvalidInput": "awsServiceName"}
    tagging = tagging.ROLE
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "AWSServiceName": new["awsServiceName"],
                "CustomSuffix": new.get("customSuffix"),
                "Description": new.get("description"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Role"]["Arn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new.get("description") != old.get("description"):
            ctx.client("iam").update_role(RoleName=_name(identity), Description=new.get("description", ""))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        role = ctx.client("iam").get_role(RoleName=_name(identity))["Role"]
        service, name = role["Path"].split("/")[2], role["RoleName"]
        return {
            "arn": role["Arn"],
            "awsServiceName": service,
            "createDate": role["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
            "customSuffix": name.partition("_")[2] or None,
            "description": role.get("Description") or None,
            "name": name,
            "path": role["Path"],
            "uniqueId": role["RoleId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_service_linked_role(RoleName=_name(identity))

    def tag_key(self, identity: str, state: Props) -> str:
        return _name(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        service = new["awsServiceName"]
        if isinstance(service, str) and not service.endswith(".amazonaws.com"):
            yield Refusal(
                "InvalidInput",
                f"Service role template not found for {service}.",
                "awsServiceName",
                "write it as `service.amazonaws.com`.",
            )
        if new.get("customSuffix") is not None and service in _FIXED:
            yield Refusal("InvalidInput", f"Custom suffix is not allowed for {service}.", "customSuffix")


def _name(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]
