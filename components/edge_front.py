"""One edge or the other, by one argument."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pulumi

from components.cloudflare_edge import CloudflareEdge, CloudflareEdgeArgs, CloudflareOptions
from components.edge import Edge
from components.edge_args import CloudFrontOptions, EdgeArgs, FrontArgs
from components.edge_kind import EdgeKind, FrontDoor
from components.errors import ComponentError


def front_door(
    name: str,
    kind: EdgeKind,
    args: FrontArgs,
    *,
    cloudfront: CloudFrontOptions | None = None,
    cloudflare: CloudflareOptions | None = None,
    opts: pulumi.ResourceOptions | None = None,
) -> FrontDoor:
    """The edge of `kind`; the options of the other may stay where they are."""
    if kind is EdgeKind.CLOUDFRONT and cloudfront is not None:
        return Edge(name, EdgeArgs(**_said(args), **_said(cloudfront)), opts)
    if kind is EdgeKind.CLOUDFLARE and cloudflare is not None:
        return CloudflareEdge(name, CloudflareEdgeArgs(**_said(args), **_said(cloudflare)), opts)
    raise ComponentError(
        name,
        f"the edge is to be {kind}, and there are no options for it",
        expected=f"{kind}=… beside kind",
        fix=f"give the options of {kind}, or choose the other edge",
    )


def _said(options: FrontArgs | CloudFrontOptions | CloudflareOptions) -> dict[str, Any]:
    return {item.name: getattr(options, item.name) for item in fields(options)}
