from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import tagging
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_zone(ctx: Context, args: Props) -> Props:
    """A hosted zone by id, or by name, kind, VPC and tags."""
    zone = _zone(ctx, args)
    identity = zone["Id"].removeprefix("/hostedzone/")
    found = ctx.client("route53").get_hosted_zone(Id=identity)
    servers = found.get("DelegationSet", {}).get("NameServers", [])
    return {
        "arn": ctx.arn("route53", f"hostedzone/{identity}", regional=False, account=False),
        "callerReference": zone.get("CallerReference", ""),
        "comment": zone["Config"].get("Comment", ""),
        "enableAcceleratedRecovery": bool(args.get("enableAcceleratedRecovery")),
        "id": identity,
        "linkedServiceDescription": "",
        "linkedServicePrincipal": "",
        "name": zone["Name"].rstrip("."),
        "nameServers": sorted(servers),
        "primaryNameServer": servers[0] if servers else "",
        "privateZone": zone["Config"]["PrivateZone"],
        "resourceRecordSetCount": zone["ResourceRecordSetCount"],
        "tags": tagging.HOSTED_ZONE.current(ctx, identity),
        "vpcId": args.get("vpcId"),
        "zoneId": identity,
    }


def _zone(ctx: Context, args: Props) -> Mapping[str, Any]:
    route53 = ctx.client("route53")
    if args.get("zoneId"):
        found: Mapping[str, Any] = route53.get_hosted_zone(Id=args["zoneId"])["HostedZone"]
        return found
    if not args.get("name") and not args.get("tags"):
        raise Refusal("MissingParameter", "one of name, zoneId and tags is needed.", "name")
    zones = [zone for zone in route53.list_hosted_zones()["HostedZones"] if _fits(ctx, zone, args)]
    return dict(_one.only(zones, "Route 53 Hosted Zone"))


def _fits(ctx: Context, zone: Mapping[str, Any], args: Props) -> bool:
    identity = zone["Id"].removeprefix("/hostedzone/")
    wanted = args.get("name")
    if wanted is not None and wanted.rstrip(".").lower() != zone["Name"].rstrip("."):
        return False
    if bool(args.get("privateZone") or args.get("vpcId")) is not zone["Config"]["PrivateZone"]:
        return False
    if args.get("vpcId"):
        vpcs = ctx.client("route53").get_hosted_zone(Id=identity).get("VPCs", ())
        if args["vpcId"] not in [vpc["VPCId"] for vpc in vpcs]:
            return False
    return (args.get("tags") or {}).items() <= tagging.HOSTED_ZONE.current(ctx, identity).items()
