from __future__ import annotations

from simcloud import tagging
from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

from . import _peering


class VpcPeeringConnectionAccepter(Binding):
    """The other side of a peering connection; deleting only lets go of it."""

    token = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"
    service = "ec2"
    replaces = frozenset({"vpcPeeringConnectionId"})
    tagging = tagging.EC2
    references = (Reference("vpcPeeringConnectionId", "peering_connection"),)

    def create(self, ctx: Context, new: Props) -> str:
        identity = str(new["vpcPeeringConnectionId"])
        if _peering.found(ctx, identity) is None:
            raise Refusal(
                "InvalidVpcPeeringConnectionID.NotFound",
                f"The vpcPeeringConnection ID '{identity}' does not exist",
                "vpcPeeringConnectionId",
            )
        return identity

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if new.get("autoAccept"):
            _peering.accept(ctx, identity)
        _peering.set_options(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _peering.found(ctx, identity)
        if found is None:
            return None
        requester, accepter = found["RequesterVpcInfo"], found["AccepterVpcInfo"]
        return {
            "acceptStatus": found["Status"]["Code"],
            "peerOwnerId": requester["OwnerId"],
            "peerRegion": requester["Region"],
            "peerVpcId": requester["VpcId"],
            "vpcId": accepter["VpcId"],
            "vpcPeeringConnectionId": identity,
            **_peering.options(found),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: the connection belongs to the requester."""
