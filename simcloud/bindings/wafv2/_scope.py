"""Regional or global: which of the two a thing of WAF is, and where it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

SCOPES = ("REGIONAL", "CLOUDFRONT")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """CloudFront's firewalls are made in one region."""
    # AWS: «Scope» of CreateWebACL, WAFV2 API reference (botocore 1.44.5), read 2026-11.
    if new.get("scope") == "CLOUDFRONT" and ctx.region != "us-east-1":
        yield Refusal(
            "WAFInvalidParameterException",
            "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT",
            "scope",
            f'set region="us-east-1": CloudFront looks in no other region, this is {ctx.region}.',
        )


def own_id(identity: str) -> str:
    """The id out of what an import asks for: `id/name/scope`."""
    return identity.split("/", 1)[0]


def locate(ctx: Context, listing: str, key: str, identity: str) -> Mapping[str, str] | None:
    """Name, scope and id of what has the id `identity`, or None."""
    wanted = own_id(identity)
    for scope in SCOPES if ctx.region == "us-east-1" else SCOPES[:1]:
        for summary in getattr(ctx.client("wafv2"), listing)(Scope=scope)[key]:
            if summary["Id"] == wanted:
                return {"Name": summary["Name"], "Scope": scope, "Id": wanted}
    return None


def by_arn(ctx: Context, listing: str, key: str, arn: str) -> Any:
    """The summary of what has the ARN `arn`, or False."""
    scope = "CLOUDFRONT" if ":global/" in arn else "REGIONAL"
    summaries = getattr(ctx.client("wafv2"), listing)(Scope=scope)[key]
    return next((summary for summary in summaries if summary["ARN"] == arn), False)
