"""CloudFront's policies by id or name, AWS's own included, in the shape of the look-ups' answers."""

from __future__ import annotations

import re
import sys
import typing
from collections.abc import Mapping
from typing import Any

import pulumi_aws as aws
from pulumi import _types

from simcloud.bindings.cloudfront import _managed_policies
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.schema_source import plain
from simcloud.values import Props, Value

_EMPTY: Mapping[Any, Value] = {bool: False, int: 0, float: 0, str: ""}


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
            return _answer(_result(kind), {**policy, "id": identity})
    raise Refusal(f"NoSuch{kind}", f"The {kind} {args.get('id') or args['name']} does not exist.", "id")


def _result(kind: str) -> type:
    function = getattr(
        aws.cloudfront, "get" + re.sub(r"[A-Z]", lambda capital: f"_{capital.group().lower()}", kind)
    )
    # Not imported by its name: in pulumi_aws the function hides the module.
    result: type = getattr(sys.modules[function.__module__], f"Get{kind}Result")
    return result


def _managed(ctx: Context, identity: str, path: str, policy: Props) -> Props:
    tag = "E" + identity.replace("-", "").upper()[:13]
    return {**policy, "arn": ctx.arn("cloudfront", f"{path}/{identity}", regional=False), "etag": tag}


def _answer(result: type, policy: Mapping[str, Value]) -> Props:
    """Look-ups answer single blocks as lists of one, under a name in the plural."""
    types: Mapping[str, Any] = _types.output_type_types(result)
    return {name: _property(plain(expected), name, policy) for name, expected in types.items()}


def _property(expected: Any, name: str, policy: Mapping[str, Value]) -> Value:
    items = typing.get_args(expected)
    if not items:
        value = policy.get(name)
        return _EMPTY[expected] if value is None else value
    value = next((policy[said] for said in _singulars(name) if policy.get(said) is not None), [])
    blocks = value if isinstance(value, list) else [value]
    return [_answer(items[0], block) if isinstance(block, Mapping) else block for block in blocks]


def _singulars(name: str) -> tuple[str, ...]:
    return name, name.removesuffix("s"), f"{name.removesuffix('ies')}y"
