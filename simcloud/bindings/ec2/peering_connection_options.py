from __future__ import annotations

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.values import Props

from . import _peering


class PeeringConnectionOptions(Binding):
    """What the sides of an active peering connection allow; deleting only lets go of it."""

    token = "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions"
    service = "ec2"
    replaces = frozenset({"vpcPeeringConnectionId"})
    references = (Reference("vpcPeeringConnectionId", "peering_connection"),)

    def create(self, ctx: Context, new: Props) -> str:
        return str(new["vpcPeeringConnectionId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        _peering.set_options(ctx, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _peering.found(ctx, identity)
        return None if found is None else {**_peering.options(found), "vpcPeeringConnectionId": identity}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: AWS has options as long as it has the connection."""
