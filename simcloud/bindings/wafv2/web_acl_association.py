from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class WebAclAssociation(Binding):
    """A regional web ACL before a load balancer, an API stage or the like."""

    token = "aws:wafv2/webAclAssociation:WebAclAssociation"
    service = "wafv2"
    operation = "associate_web_acl"
    parameters = {"WebACLArn": "webAclArn"}
    replaces = frozenset({"resourceArn", "webAclArn"})
    references = (Reference("webAclArn", "web_acl"), Reference("resourceArn", "web_acl_target"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {"WebACLArn": new["webAclArn"], "ResourceArn": new["resourceArn"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['webAclArn']},{new['resourceArn']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        resource = identity.split(",", 1)[1]
        acl = ctx.client("wafv2").get_web_acl_for_resource(ResourceArn=resource).get("WebACL")
        return {"webAclArn": acl["ARN"], "resourceArn": resource} if acl else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("wafv2").disassociate_web_acl(ResourceArn=identity.split(",", 1)[1])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: AssociateWebACL, WAFV2 API reference: regional only, a distribution names its ACL itself
        # (botocore 1.44.5), read 2026-11.
        acl, resource = new["webAclArn"], new["resourceArn"]
        if isinstance(acl, str) and ":global/" in acl:
            yield _misplaced("RESOURCE_ARN", acl, "webAclArn")
        if isinstance(resource, str) and ":cloudfront:" in resource:
            yield _misplaced("RESOURCE_ARN", resource, "resourceArn")


def _misplaced(field: str, arn: str, path: str) -> Refusal:
    return Refusal(
        "WAFInvalidParameterException",
        f"Error reason: The ARN isn't valid., field: {field}, parameter: {arn}",
        path,
        "set webAclId on the CloudFront distribution instead of associating.",
    )
