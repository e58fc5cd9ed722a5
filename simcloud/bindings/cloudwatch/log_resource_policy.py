from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import policy_document
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.policy_document import Grammar
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_GRAMMAR = Grammar("InvalidParameterException", principal=True, free_sid=True)
# AWS: PutResourcePolicy, CloudWatch Logs API reference: «policyDocument»: 5120 characters (per the provider's page),
# and 10 policies of the account (botocore 1.44.5), read 2026-11.
_LONGEST = 5120
_LIMIT = 10


class LogResourcePolicy(Binding):
    """Which services may write logs: to all of the account's groups, or to one."""

    token = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
    service = "logs"
    operation = "put_resource_policy"
    replaces = frozenset({"policyName", "resourceArn"})
    references = (Reference("resourceArn", "log_group"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none({name: new.get(name) for name in ("policyName", "policyDocument", "resourceArn")})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new.get("policyName") or new["resourceArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("logs").put_resource_policy(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        key = "resourceArn" if identity.startswith("arn:") else "policyName"
        scope = {"policyScope": "RESOURCE", "resourceArn": identity} if key == "resourceArn" else {}
        found = ctx.client("logs").describe_resource_policies(**scope)["resourcePolicies"]
        policy = next((item for item in found if item[key] == identity), None)
        if policy is None:
            return None
        return {
            key: identity,
            "policyDocument": policy["policyDocument"],
            "policyScope": policy["policyScope"],
            "revisionId": policy.get("revisionId", ""),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        key = "resourceArn" if identity.startswith("arn:") else "policyName"
        ctx.client("logs").delete_resource_policy(**{key: identity})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if ("policyName" in new) == ("resourceArn" in new):
            yield Refusal(
                "InvalidParameterException",
                "exactly one of policyName and resourceArn is needed.",
                "policyName",
            )
        document = new["policyDocument"]
        yield from policy_document.problems(document, "policyDocument", _GRAMMAR)
        if isinstance(document, str) and len(document) > _LONGEST:
            yield Refusal(
                "InvalidParameterException",
                f"the policy has {len(document)} characters, at most {_LONGEST} are allowed.",
                "policyDocument",
            )
        yield from _actions(document)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if "policyName" not in new:
            return
        found = ctx.client("logs").describe_resource_policies()["resourcePolicies"]
        others = {policy["policyName"] for policy in found} - {new["policyName"]}
        if len(others) >= _LIMIT:
            yield Refusal(
                "LimitExceededException", f"Resource limit exceeded: there are {_LIMIT} policies already."
            )


def _actions(document: Value) -> Iterator[Refusal]:
    for statement in policy_document.statements(document):
        actions = statement.get("Action", [])
        for action in actions if isinstance(actions, list) else [actions]:
            if not str(action).lower().startswith(("logs:", "*")):
                yield Refusal(
                    "InvalidParameterException",
                    f"action {action!r} is none of CloudWatch Logs.",
                    "policyDocument",
                )
