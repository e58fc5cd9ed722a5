from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings.cloudwatch import _masking_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class LogDataProtectionPolicy(Binding):
    """What a log group masks. The id is the group's name."""

    token = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
    service = "logs"
    operation = "put_data_protection_policy"
    parameters = {"logGroupIdentifier": "logGroupName"}
    replaces = frozenset({"logGroupName"})
    references = (Reference("logGroupName", "log_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"logGroupIdentifier": new["logGroupName"], "policyDocument": new["policyDocument"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["logGroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("logs").put_data_protection_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("logs").get_data_protection_policy(logGroupIdentifier=identity)
        if "policyDocument" not in found:
            return None
        return {"logGroupName": identity, "policyDocument": found["policyDocument"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("logs").delete_data_protection_policy(logGroupIdentifier=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _masking_rules.problems(new["policyDocument"])
