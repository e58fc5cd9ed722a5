from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Attachment(Binding):
    """A target group in which the instances of a group are registered."""

    token = "aws:autoscaling/attachment:Attachment"
    service = "autoscaling"
    operation = "attach_load_balancer_target_groups"
    parameters = {"AutoScalingGroupName": "autoscalingGroupName", "TargetGroupARNs": "lbTargetGroupArn"}
    replaces = frozenset({"autoscalingGroupName", "elb", "lbTargetGroupArn"})
    references = (
        Reference("autoscalingGroupName", "autoscaling_group"),
        Reference("lbTargetGroupArn", "target_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "AutoScalingGroupName": new["autoscalingGroupName"],
            "TargetGroupARNs": [arn for arn in [new.get("lbTargetGroupArn")] if arn is not None],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        # The provider's id has a random end that stands for nothing.
        return f"{new['autoscalingGroupName']}-{crc32(str(new['lbTargetGroupArn']).encode()):08x}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        group = given["autoscalingGroupName"]
        found = ctx.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[group])
        attached = [arn for item in found["AutoScalingGroups"] for arn in item.get("TargetGroupARNs", ())]
        if given.get("lbTargetGroupArn") not in attached:
            return None
        return {"autoscalingGroupName": group, "lbTargetGroupArn": given["lbTargetGroupArn"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("autoscaling").detach_load_balancer_target_groups(**self.request(ctx, old))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new.get("elb") is not None:
            yield Refusal(
                "UnsupportedOperation",
                "the simulated cloud has no Classic Load Balancers.",
                "elb",
                "give lbTargetGroupArn.",
            )
        elif new.get("lbTargetGroupArn") is None:
            yield Refusal("ValidationError", "a target group is needed.", "lbTargetGroupArn")
