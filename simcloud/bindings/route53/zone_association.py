from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.route53 import _vpcs
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ZoneAssociation(Binding):
    """One more VPC that sees a private zone. The id is `zone:vpc`."""

    token = "aws:route53/zoneAssociation:ZoneAssociation"
    service = "route53"
    operation = "associate_vpc_with_hosted_zone"
    parameters = {"HostedZoneId": "zoneId", "VPC.VPCId": "vpcId", "VPC.VPCRegion": "vpcRegion"}
    replaces = frozenset({"zoneId", "vpcId", "vpcRegion"})
    faults = {"PublicZoneVPCAssociation": "zoneId", "ConflictingDomainExists": "vpcId"}
    references = (Reference("zoneId", "hosted_zone"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        vpc = {"VPCId": new["vpcId"], "VPCRegion": new.get("vpcRegion") or ctx.home}
        return {"HostedZoneId": new["zoneId"], "VPC": vpc}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("route53").associate_vpc_with_hosted_zone(**self.request(ctx, new))
        return f"{new['zoneId']}:{new['vpcId']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        zone, vpc_id = identity.split(":")[:2]
        vpcs = ctx.client("route53").get_hosted_zone(Id=zone).get("VPCs", ())
        found = next((vpc for vpc in vpcs if vpc["VPCId"] == vpc_id), None)
        if found is None:
            return None
        return {
            "zoneId": zone,
            "vpcId": vpc_id,
            "vpcRegion": found["VPCRegion"],
            "owningAccount": ctx.account,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        zone, vpc_id = identity.split(":")[:2]
        vpc = {"VPCId": vpc_id, "VPCRegion": old.get("vpcRegion") or ctx.home}
        ctx.client("route53").disassociate_vpc_from_hosted_zone(HostedZoneId=zone, VPC=vpc)

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return f"{found['zoneId']}:{found['vpcId']}"

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _vpcs.problems(ctx, new["vpcId"], new.get("vpcRegion"), "vpcId")
