from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props


def get_security_groups(ctx: Context, args: Props) -> Props:
    """All security groups that fit; none is an answer too."""
    found = ctx.client("ec2").describe_security_groups(Filters=_one.filters(args, {}))["SecurityGroups"]
    return {
        "arns": [ctx.arn("ec2", f"security-group/{group['GroupId']}") for group in found],
        "filters": args.get("filters"),
        "id": ctx.region,
        "ids": [group["GroupId"] for group in found],
        "region": ctx.region,
        "tags": args.get("tags") or {},
        "vpcIds": [group["VpcId"] for group in found],
    }
