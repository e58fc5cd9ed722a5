from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.route53 import _vpcs
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Zone(Binding):
    """A hosted zone, public or of some VPCs."""

    token = "aws:route53/zone:Zone"
    service = "route53"
    operation = "create_hosted_zone"
    replaces = frozenset({"delegationSetId", "name"})
    defaults = {"comment": "Managed by Pulumi", "forceDestroy": False}
    tagging = tagging.HOSTED_ZONE
    global_service = True
    references = (Reference("delegationSetId", "delegation_set"),)

    def request(self, ctx: Context, new: Props) -> Params:
        vpcs = new.get("vpcs") or []
        return without_none(
            {
                "Name": new.get("name"),
                "CallerReference": f"pulumi-{new.get('name')}",
                "HostedZoneConfig": {"Comment": new["comment"], "PrivateZone": bool(vpcs)},
                "VPC": _vpc(ctx, vpcs[0]) if vpcs else None,
                "DelegationSetId": new.get("delegationSetId"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["HostedZone"]["Id"]).removeprefix("/hostedzone/")

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        route53 = ctx.client("route53")
        if old and new["comment"] != old.get("comment"):
            route53.update_hosted_zone_comment(Id=identity, Comment=new["comment"])
        current = {vpc["VPCId"]: vpc for vpc in route53.get_hosted_zone(Id=identity).get("VPCs", ())}
        wanted = {vpc["vpcId"]: vpc for vpc in new.get("vpcs") or ()}
        for vpc_id, vpc in wanted.items():
            if vpc_id not in current:
                route53.associate_vpc_with_hosted_zone(HostedZoneId=identity, VPC=_vpc(ctx, vpc))
        for vpc_id in sorted(current.keys() - wanted.keys()):
            route53.disassociate_vpc_from_hosted_zone(HostedZoneId=identity, VPC=current[vpc_id])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("route53").get_hosted_zone(Id=identity)
        zone, servers = found["HostedZone"], found.get("DelegationSet", {}).get("NameServers", [])
        return {
            "arn": ctx.arn("route53", f"hostedzone/{identity}", regional=False, account=False),
            "comment": zone["Config"].get("Comment", ""),
            "enableAcceleratedRecovery": bool(given.get("enableAcceleratedRecovery")),
            "name": zone["Name"].rstrip("."),
            "nameServers": sorted(servers),
            "primaryNameServer": servers[0] if servers else "",
            "vpcs": [{"vpcId": vpc["VPCId"], "vpcRegion": vpc["VPCRegion"]} for vpc in found.get("VPCs", ())]
            or None,
            "zoneId": identity,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        route53 = ctx.client("route53")
        if old.get("forceDestroy"):
            _empty(route53, identity)
        route53.delete_hosted_zone(Id=identity)

    def tag_key(self, identity: str, state: Props) -> str:
        return identity

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new.get("name")
        if isinstance(name, str) and not re.fullmatch(
            r"([A-Za-z0-9_*-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?", name
        ):
            yield Refusal("InvalidDomainName", f"The domain name '{name}' is not valid.", "name")
        if isinstance(name, str) and name and "." not in name.rstrip(".") and not new.get("vpcs"):
            text = f"The domain name '{name}' is a top-level domain, which Route 53 does not host."
            yield Refusal("InvalidDomainName", text, "name")
        if name is None:
            yield Refusal("MissingParameter", "a name is needed.", "name")
        vpcs = new.get("vpcs")
        for position, vpc in enumerate(vpcs if isinstance(vpcs, list) else ()):
            if isinstance(vpc, Mapping):
                yield from _vpcs.problems(
                    ctx, vpc.get("vpcId"), vpc.get("vpcRegion"), f"vpcs[{position}].vpcId"
                )
        if new.get("vpcs") and new.get("delegationSetId") is not None:
            yield Refusal("InvalidInput", "a private zone has no delegation set.", "delegationSetId")


def _vpc(ctx: Context, given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    return {"VPCId": given.get("vpcId"), "VPCRegion": given.get("vpcRegion") or ctx.home}


def _empty(route53: Any, identity: str) -> None:
    """Delete all records but the zone's own."""
    changes = [
        {"Action": "DELETE", "ResourceRecordSet": record}
        for record in route53.list_resource_record_sets(HostedZoneId=identity)["ResourceRecordSets"]
        if record["Type"] not in ("NS", "SOA")
    ]
    if changes:
        route53.change_resource_record_sets(HostedZoneId=identity, ChangeBatch={"Changes": changes})
