"""The account, region and partition that a component finds itself in."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class Account:
    """What an ARN or a service principal needs; `dns_suffix` is `amazonaws.com` outside of China."""

    id: str
    region: str
    partition: str
    dns_suffix: str

    def arn(self, service: str, rest: str) -> str:
        """An ARN of this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.id}:{rest}"


def current(parent: pulumi.Resource) -> pulumi.Output[Account]:
    """Where the children of `parent` will be made, asked from its provider."""
    opts = pulumi.InvokeOutputOptions(parent=parent)
    return pulumi.Output.all(
        caller=aws.get_caller_identity_output(opts=opts),
        region=aws.get_region_output(opts=opts),
        partition=aws.get_partition_output(opts=opts),
    ).apply(
        lambda found: Account(
            id=found["caller"].account_id,
            region=found["region"].region,
            partition=found["partition"].partition,
            dns_suffix=found["partition"].dns_suffix,
        )
    )
