from __future__ import annotations

import secrets
from collections.abc import Iterator

from simcloud import tagging
from simcloud.binding import Params, Reference
from simcloud.bindings._regional import RegionalRecord
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_OF = {"vpcId": "vpc", "subnetId": "subnet"}


class VpcBlockPublicAccessExclusion(RegionalRecord):
    """A VPC or subnet to which the block of public access does not apply. moto has none: it is recorded."""

    token = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"
    service = "ec2"
    operation = "create_vpc_block_public_access_exclusion"
    replaces = frozenset(_OF)
    tagging = tagging.RECORDED
    references = (Reference("vpcId", "vpc"), Reference("subnetId", "subnet"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "InternetGatewayExclusionMode": new["internetGatewayExclusionMode"],
                "VpcId": new.get("vpcId"),
                "SubnetId": new.get("subnetId"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        name = _named(new)
        for identity, other in self.others(ctx).items():
            if other.get(name) == new[name]:
                # The code is from memory of AWS's documentation, not verified.
                raise Refusal(
                    "VpcBlockPublicAccessExclusionAlreadyExists",
                    f"{new[name]} is excluded already, by {identity}.",
                    name,
                )
        return super().create(ctx, new)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return f"vpcbpa-exclude-{secrets.token_hex(8)}"

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        name = _named(new)
        return {"resourceArn": ctx.arn("ec2", f"{_OF[name]}/{new[name]}")}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if sum(new.get(name) is not None for name in _OF) != 1:
            yield Refusal("MissingParameter", "exactly one of vpcId and subnetId is needed.", "vpcId")


def _named(new: Props) -> str:
    return next(name for name in _OF if new.get(name) is not None)
