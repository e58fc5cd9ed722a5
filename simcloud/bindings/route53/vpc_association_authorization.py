from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Params, RecordedBinding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class VpcAssociationAuthorization(RecordedBinding):
    """Lets another account's VPC see a private zone. moto lacks it: this one is recorded. The id is `zone:vpc`."""

    token = "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"
    service = "route53"
    operation = "create_vpc_association_authorization"
    parameters = {"HostedZoneId": "zoneId", "VPC.VPCId": "vpcId", "VPC.VPCRegion": "vpcRegion"}
    replaces = frozenset({"zoneId", "vpcId", "vpcRegion"})
    references = (Reference("zoneId", "hosted_zone"),)
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        vpc = {"VPCId": new["vpcId"], "VPCRegion": new.get("vpcRegion") or ctx.home}
        return {"HostedZoneId": new["zoneId"], "VPC": vpc}

    def new_identity(self, ctx: Context, new: Props) -> str:
        return f"{new['zoneId']}:{new['vpcId']}"

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"vpcRegion": new.get("vpcRegion") or ctx.home}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        vpc_id = new["vpcId"]
        if isinstance(vpc_id, str) and not vpc_id.startswith("vpc-"):
            yield Refusal("InvalidVPCId", f"{vpc_id} is not the id of a VPC.", "vpcId")

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        zone = ctx.client("route53").get_hosted_zone(Id=new["zoneId"])["HostedZone"]
        if not zone["Config"]["PrivateZone"]:
            yield Refusal("InvalidInput", f"The hosted zone {new['zoneId']} is public.", "zoneId")
