from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_security_group(ctx: Context, args: Props) -> Props:
    """A security group by id, or by name and VPC."""
    wanted = _one.filters(args, {"id": "group-id", "name": "group-name", "vpcId": "vpc-id"})
    found = _one.only(
        ctx.client("ec2").describe_security_groups(Filters=wanted)["SecurityGroups"], "EC2 Security Group"
    )
    return {
        "arn": ctx.arn("ec2", f"security-group/{found['GroupId']}"),
        "description": found["Description"],
        "filters": args.get("filters"),
        "id": found["GroupId"],
        "name": found["GroupName"],
        "region": ctx.region,
        "tags": _one.tags(found),
        "vpcId": found["VpcId"],
    }
