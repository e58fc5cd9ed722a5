from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import schedule_expression
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none


class SecretRotation(Binding):
    """The schedule by which a function renews a secret."""

    token = "aws:secretsmanager/secretRotation:SecretRotation"
    service = "secretsmanager"
    operation = "rotate_secret"
    faults = {"ResourceNotFoundException: function": "rotationLambdaArn"}
    parameters = {"RotationLambdaARN": "rotationLambdaArn"}
    replaces = frozenset({"secretId"})
    defaults = {"rotateImmediately": True}
    references = (Reference("secretId", "secret"),)

    def request(self, ctx: Context, new: Props) -> Params:
        rules = new.get("rotationRules")
        return without_none(
            {
                "SecretId": new["secretId"],
                "RotationLambdaARN": new.get("rotationLambdaArn"),
                "RotationRules": _rules(rules) if isinstance(rules, Mapping) else rules,
                "RotateImmediately": new["rotateImmediately"],
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["secretId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("secretsmanager").rotate_secret(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        secret = ctx.client("secretsmanager").describe_secret(SecretId=identity)
        if secret.get("DeletedDate") or not secret.get("RotationEnabled"):
            return None
        rules = secret["RotationRules"]
        return {
            "secretId": identity,
            "rotationEnabled": secret["RotationEnabled"],
            "rotationLambdaArn": secret.get("RotationLambdaARN"),
            "rotationRules": without_none(
                {
                    "automaticallyAfterDays": rules.get("AutomaticallyAfterDays") or None,
                    "duration": rules.get("Duration"),
                    "scheduleExpression": rules.get("ScheduleExpression"),
                }
            ),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("secretsmanager").cancel_rotate_secret(SecretId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        rules = new.get("rotationRules")
        if rules is None:
            yield Refusal("MissingParameter", "rotationRules are needed.", "rotationRules")
        elif isinstance(rules, Mapping) and is_known(rules):
            both = {"automaticallyAfterDays", "scheduleExpression"} & rules.keys()
            yield from _schedule_problems(rules.get("scheduleExpression"))
            if len(both) != 1:
                yield Refusal(
                    "InvalidParameterException",
                    "exactly one of automaticallyAfterDays and scheduleExpression is needed.",
                    "rotationRules",
                )


def _schedule_problems(schedule: Any) -> Iterator[Refusal]:
    """AWS: «Schedule expressions in Secrets Manager rotation»: every four hours at most; from memory, not verified."""
    if not isinstance(schedule, str):
        return
    wrong = schedule_expression.problem(schedule)
    rate = re.fullmatch(r"rate\((\d+) hours?\)", schedule)
    if not wrong and rate and int(rate[1]) < 4:
        wrong = "a secret can be rotated every four hours at most."
    if not wrong and schedule.startswith("rate(") and "minute" in schedule:
        wrong = "a rate is in hours or days."
    if wrong:
        yield Refusal("InvalidParameterException", wrong, "rotationRules.scheduleExpression")


def _rules(rules: Mapping[str, Any]) -> Params:
    return without_none(
        {
            "AutomaticallyAfterDays": rules.get("automaticallyAfterDays"),
            "Duration": rules.get("duration"),
            "ScheduleExpression": rules.get("scheduleExpression"),
        }
    )
