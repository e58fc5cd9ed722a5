"""An ARN in its parts."""

from __future__ import annotations

from simcloud.refusal import Refusal
from simcloud.values import Props


def parts(arn: str) -> Props:
    """Partition, service, region, account and resource of `arn`; refused if it is none."""
    found = arn.split(":", 5)
    if len(found) != 6 or found[0] != "arn" or not found[1]:
        raise Refusal(
            "InvalidArgument", f"{arn!r} is an invalid ARN: arn: invalid prefix or not enough sections", "arn"
        )
    _, partition, service, region, account, resource = found
    return {
        "account": account,
        "partition": partition,
        "region": region,
        "resource": resource,
        "service": service,
    }
