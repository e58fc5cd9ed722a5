from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.wafv2 import _by_name
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_web_acl(ctx: Context, args: Props) -> Props:
    """A web ACL by name, or by what it protects."""
    waf, resource = ctx.client("wafv2"), args.get("resourceArn")
    if bool(args.get("name")) is bool(resource):
        raise Refusal("InvalidArgument", "exactly one of `name` and `resourceArn` must be given.", "name")
    if resource:
        found = waf.get_web_acl_for_resource(ResourceArn=resource).get("WebACL")
        if not found:
            raise Refusal("NotFound", f"WAFv2 WebACL not found for resource: {resource}", "resourceArn")
    else:
        found = waf.get_web_acl(**_by_name.find(ctx, args, "list_web_acls", "WebACLs", "WebACL"))["WebACL"]
    return {**_by_name.common(ctx, args, found), "resourceArn": resource or ""}
