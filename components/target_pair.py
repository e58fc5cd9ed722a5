"""Two groups behind one rule, between which ECS moves the traffic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pulumi
import pulumi_aws as aws

from components.target import Alternate, Target, Wish, check_wish, conditions, secret_outputs, target_group

# One below the rule of a single group, so that both can stand for the moment in which one follows the other.
_BEFORE_THE_SINGLE_RULE = 1


def forward_pair(
    parent: pulumi.Resource,
    name: str,
    wish: Wish,
    *,
    vpc_id: pulumi.Input[str],
    listener_arn: pulumi.Output[str],
    trial_listener_arn: pulumi.Output[str] | None,
    tags: Mapping[str, str],
) -> Target:
    """Make both groups and the rule that forwards to the first, until ECS moves its weights."""
    check_wish(name, wish)
    first = target_group(parent, name, wish, vpc_id, tags)
    second = target_group(parent, f"{name}-b", wish, vpc_id, tags)
    rule = _rule(parent, f"{name}-shift", wish, (first, second), listener_arn, tags)
    trial = (
        None
        if trial_listener_arn is None
        # Who tries comes past the edge, which alone knows its header.
        else _rule(
            parent, f"{name}-trial", replace(wish, header=None), (first, second), trial_listener_arn, tags
        )
    )
    alternate = Alternate(
        arn=_once(rule, second.arn),
        arn_suffix=second.arn_suffix,
        production_rule_arn=rule.arn,
        trial_rule_arn=None if trial is None else trial.arn,
    )
    return Target(
        arn=_once(rule, first.arn),
        arn_suffix=first.arn_suffix,
        listener_arn=listener_arn,
        port=wish.port,
        alternate=alternate,
    )


def _rule(
    parent: pulumi.Resource,
    name: str,
    wish: Wish,
    groups: tuple[aws.lb.TargetGroup, aws.lb.TargetGroup],
    listener_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> aws.lb.ListenerRule:
    first, second = groups
    return aws.lb.ListenerRule(
        name,
        listener_arn=listener_arn,
        priority=wish.priority - _BEFORE_THE_SINGLE_RULE,
        actions=[
            {
                "type": "forward",
                "forward": {
                    "target_groups": [{"arn": first.arn, "weight": 100}, {"arn": second.arn, "weight": 0}]
                },
            }
        ],
        conditions=conditions(wish),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(
            parent=parent,
            additional_secret_outputs=secret_outputs(wish),
            # The weights are ECS's: whoever set them back would lead the traffic to the group without tasks.
            ignore_changes=["actions"],
            # Which groups the rule names is therefore never changed in place; two rules cannot share a priority.
            replace_with=[first, second],
            delete_before_replace=True,
        ),
    )


def _once(rule: aws.lb.ListenerRule, value: pulumi.Output[str]) -> pulumi.Output[str]:
    """`value`, known only when the rule stands: ECS refuses a group that no load balancer forwards to."""
    return pulumi.Output.all(value, rule.id).apply(lambda known: str(known[0]))
