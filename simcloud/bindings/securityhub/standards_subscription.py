from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Params
from simcloud.bindings.securityhub import _gone, _standards
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class StandardsSubscription(Binding):
    """A standard that Security Hub checks."""

    token = "aws:securityhub/standardsSubscription:StandardsSubscription"
    service = "securityhub"
    operation = "batch_enable_standards"
    parameters = {"StandardsSubscriptionRequests[0].StandardsArn": "standardsArn"}
    replaces = frozenset({"standardsArn"})

    def request(self, ctx: Context, new: Props) -> Params:
        return {"StandardsSubscriptionRequests": [{"StandardsArn": new["standardsArn"]}]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["StandardsSubscriptions"][0]["StandardsSubscriptionArn"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("securityhub").get_enabled_standards(StandardsSubscriptionArns=[identity])
        listed = found["StandardsSubscriptions"]
        return {"arn": identity, "standardsArn": listed[0]["StandardsArn"]} if listed else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("securityhub").batch_disable_standards(StandardsSubscriptionArns=[identity])

    def is_gone(self, error: ClientError) -> bool:
        return _gone.is_gone(error)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        arn = new["standardsArn"]
        if isinstance(arn, str) and not _standards.is_known(arn, ctx.region):
            known = ", ".join(_standards.catalogue(ctx.region))
            yield Refusal(
                "InvalidInputException", f"Invalid StandardsArn: {arn}; known are {known}.", "standardsArn"
            )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        try:
            ctx.client("securityhub").describe_hub()
        except ClientError as error:
            if not self.is_gone(error):
                raise
            yield Refusal(
                "InvalidAccessException",
                f"Account {ctx.account} is not subscribed to AWS Security Hub.",
                fix="make an aws.securityhub.Account first (depends_on).",
            )
