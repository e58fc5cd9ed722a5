"""Edges as tests want them: everything said but what the test is about."""

from typing import Any

import pulumi

from components.cloudflare_edge import CloudflareEdge, CloudflareEdgeArgs
from components.dns_cloudflare import CloudflareDns, CloudflareDnsArgs
from components.edge import Edge, EdgeArgs, WafArgs
from simcloud.testing import Simulation

ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
NAME = "la-prod-edge"
ZONE = "example.org"

unwrapped = pulumi.runtime.rpc.unwrap_rpc_secret


def waf(**more: Any) -> WafArgs:
    return WafArgs(**{"rate_limit_per_5_minutes": 2000, "block": True, **more})


def edge(**more: Any) -> Edge:
    """One at CloudFront."""
    args = {
        "origin_domain": "origin.example.org",
        "aliases": ["example.org", "www.example.org"],
        "certificate_arn": CERTIFICATE,
        "waf": waf(),
        **more,
    }
    return Edge(NAME, EdgeArgs(**args))


def zone() -> CloudflareDns:
    return CloudflareDns("la-prod-dns", CloudflareDnsArgs(zone_name=ZONE, account_id=ACCOUNT))


def cloudflare_args(**more: Any) -> CloudflareEdgeArgs:
    args = {
        "origin_domain": "origin.example.org",
        "aliases": ["example.org", "www.example.org"],
        "zone_id": "0" * 32,
        "zone_name": ZONE,
        "waf": waf(),
        **more,
    }
    return CloudflareEdgeArgs(**args)


def cloudflare_edge(**more: Any) -> CloudflareEdge:
    """One at Cloudflare, in a zone of its own unless `zone_id` is said."""
    said = more if "zone_id" in more else {"zone_id": zone().zone_id, **more}
    return CloudflareEdge(NAME, cloudflare_args(**said))


def made(simulation: Simulation, kind: str) -> dict[str, Any]:
    """The inputs of all resources of a Cloudflare type such as `Ruleset`, by name."""
    token = f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}"
    return {item.name: item.inputs for item in simulation.of_type(token)}
