from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class SubnetGroup(Binding):
    """The subnets that databases may stand in: of one VPC, in at least two zones."""

    token = "aws:rds/subnetGroup:SubnetGroup"
    service = "rds"
    faults = {"DBSubnetGroupAlreadyExists": "name"}
    operation = "create_db_subnet_group"
    parameters = {"DBSubnetGroupName": "name", "DBSubnetGroupDescription": "description"}
    replaces = frozenset({"name", "namePrefix"})
    defaults = {"description": "Managed by Pulumi"}
    autoname = AutoName(lower=True)
    tagging = tagging.RDS
    references = (Reference("subnetIds[]", "subnet"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DBSubnetGroupName": new["name"],
            "DBSubnetGroupDescription": new["description"],
            "SubnetIds": new["subnetIds"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBSubnetGroup"]["DBSubnetGroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("rds").modify_db_subnet_group(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group = ctx.client("rds").describe_db_subnet_groups(DBSubnetGroupName=identity)["DBSubnetGroups"][0]
        return {
            "arn": group["DBSubnetGroupArn"],
            "name": group["DBSubnetGroupName"],
            "namePrefix": given.get("namePrefix", ""),
            "description": group["DBSubnetGroupDescription"],
            "subnetIds": [subnet["SubnetIdentifier"] for subnet in group["Subnets"]],
            "supportedNetworkTypes": group.get("SupportedNetworkTypes", ["IPV4"]),
            "vpcId": group["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_subnet_group(DBSubnetGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["name"]
        # AWS: CreateDBSubnetGroup: not «default», lower-case; per reference notes, not verified against AWS.
        if name in ("", "default"):
            yield Refusal("InvalidParameterValue", f"The name {name!r} is reserved or empty.", "name")
        if isinstance(name, str) and any(
            not (one.islower() or one.isdigit() or one in "._- ") for one in name
        ):
            yield Refusal(
                "InvalidParameterValue",
                f"only lowercase letters, digits, hyphens, underscores, periods, and spaces allowed in {name!r}",
                "name",
            )
        if isinstance(new["subnetIds"], list) and all(isinstance(subnet, str) for subnet in new["subnetIds"]):
            yield from _placement_problems(ctx, new["subnetIds"])


def _placement_problems(ctx: Context, subnet_ids: list[str]) -> Iterator[Refusal]:
    try:
        subnets = ctx.client("ec2").describe_subnets(SubnetIds=subnet_ids)["Subnets"]
    except ClientError:
        return  # a missing subnet is told by its own refusal
    if len({subnet["VpcId"] for subnet in subnets}) > 1:
        yield Refusal("InvalidSubnet", "The requested subnets are in different VPCs.", "subnetIds")
    if len({subnet["AvailabilityZone"] for subnet in subnets}) < 2:
        yield Refusal(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. "
            "Add subnets to cover at least two availability zones.",
            "subnetIds",
        )
