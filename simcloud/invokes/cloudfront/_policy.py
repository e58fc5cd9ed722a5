"""CloudFront's policies by id or name, AWS's own included, in the shape of the look-ups' answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pulumi_aws as aws

from simcloud.bindings.cloudfront import _managed_policies
from simcloud.context import Context
from simcloud.invokes import _blocks
from simcloud.refusal import Refusal
from simcloud.values import Props


def look_up(ctx: Context, args: Props, kind: str, path: str) -> Props:
    """The policy of `kind` that `args` name by `id` or `name`, with everything that the SDK's result class holds."""
    if not args.get("id") and not args.get("name"):
        raise Refusal("InvalidArgument", "one of `id` and `name` must be given.", "id")
    token = f"aws:cloudfront/{kind[:1].lower()}{kind[1:]}:{kind}"
    known = {
        **{
            identity: _managed(ctx, identity, path, policy)
            for identity, policy in _managed_policies.of(kind).items()
        },
        **dict(ctx.store.of_kind(token)),
    }
    for identity, policy in known.items():
        if args.get("id") == identity or (not args.get("id") and args["name"] == policy["name"]):
            return _blocks.answered(_blocks.result_of(_function(kind)), {**policy, "id": identity})
    raise Refusal(f"NoSuch{kind}", f"The {kind} {args.get('id') or args['name']} does not exist.", "id")


def _function(kind: str) -> Callable[..., Any]:
    name = "get" + re.sub(r"[A-Z]", lambda capital: f"_{capital.group().lower()}", kind)
    function: Callable[..., Any] = getattr(aws.cloudfront, name)
    return function


def _managed(ctx: Context, identity: str, path: str, policy: Props) -> Props:
    tag = "E" + identity.replace("-", "").upper()[:13]
    return {**policy, "arn": ctx.arn("cloudfront", f"{path}/{identity}", regional=False), "etag": tag}
