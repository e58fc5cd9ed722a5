"""Whether what a property names exists: one resolver per kind of thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.resolver import Resolver
from simcloud.resolvers import RESOLVERS
from simcloud.values import Props, Value

_ARN = re.compile(r"arn:(?P<partition>[^:]+):[^:]+:(?P<region>[^:]*):(?P<account>[^:]*):")


def unresolved(ctx: Context, binding: Binding, props: Props, *, names: bool) -> Iterator[Refusal]:
    """References in `props` that are known and lead nowhere.

    Names that people choose are looked up only with `names`, when the resource is made: at preview, what they name may
    be about to be made by the same deployment.
    """
    for reference in binding.references:
        for path, value in _values(props, reference):
            if isinstance(value, str) and value:
                yield from _lost(ctx, binding, reference.kind, path, value, names=names)


def _values(props: Props, reference: Reference) -> Iterator[tuple[str, Value]]:
    yield from _walk(props, re.findall(r"\w+|\[\]", reference.path), "")


def _walk(value: Value, steps: list[str], path: str) -> Iterator[tuple[str, Value]]:
    if not steps:
        yield path, value
    elif steps[0] == "[]" and isinstance(value, list):
        for position, item in enumerate(value):
            yield from _walk(item, steps[1:], f"{path}[{position}]")
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _walk(value[steps[0]], steps[1:], f"{path}.{steps[0]}" if path else steps[0])


def _lost(
    ctx: Context, binding: Binding, kind: str, path: str, value: str, *, names: bool
) -> Iterator[Refusal]:
    """Why `value` leads nowhere, if it does. What was seen is not looked up again until something is removed."""
    seen, resolver, arn = (kind, ctx.region, value), RESOLVERS[kind], _ARN.match(value)
    if seen in ctx.cloud.seen:
        return
    problem = _out_of_reach(ctx, binding, resolver, arn) if arn else ""
    if problem:
        yield Refusal(resolver.code, f"{resolver.message.format(value=value)} {problem}", path)
    elif not names and (not resolver.given_out or value.startswith("alias/")):
        return
    elif _look(ctx.in_region(arn["region"] or None if arn else None), resolver, value):
        ctx.cloud.seen.add(seen)
    else:
        yield Refusal(resolver.code, resolver.message.format(value=value), path)


def _out_of_reach(ctx: Context, binding: Binding, resolver: Resolver, arn: re.Match[str]) -> str:
    """In what the ARN does not fit here."""
    partition, region, account = arn["partition"], arn["region"], arn["account"]
    if partition != ctx.partition:
        return f"It is of the partition {partition}, expected {ctx.partition}."
    if account not in ("", "aws", ctx.account):
        return f"It belongs to the account {account}, expected {ctx.account}."
    if region not in ("", ctx.region) and not (resolver.any_region or binding.global_service):
        return f"It is in {region}, expected {ctx.region}."
    return ""


def _look(ctx: Context, resolver: Resolver, value: str) -> bool:
    try:
        return resolver.look(ctx, value) is not False
    except ClientError:
        return False
