"""What a gateway forwards to: a group of addresses, and the rule that leads there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws.lb import ListenerRuleConditionArgsDict

from components import names
from components.errors import ComponentError
from components.gateway_ingress import RequiredHeader
from components.rule_values import MOST_VALUES, values_of

# AWS: API reference of CreateTargetGroup (botocore 1.44.5), read 2026-11: interval 5-300 s, timeout 2-120 s
_SHORTEST_INTERVAL, _LONGEST_INTERVAL = 5, 300
_TIMEOUT_SECONDS = 5

ROUND_ROBIN = "round_robin"
# AWS: "Target group attributes" of the load balancers' user guide; per reference notes, not verified against AWS.
ALGORITHMS = (ROUND_ROBIN, "least_outstanding_requests")


@dataclass(frozen=True, kw_only=True)
class Alternate:
    """The second group of a pair, and the rules in which ECS moves the traffic from one to the other."""

    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]
    production_rule_arn: pulumi.Output[str]
    trial_rule_arn: pulumi.Output[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """A group of addresses behind a gateway; `arn` is known only once the gateway forwards to it."""

    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]
    listener_arn: pulumi.Output[str]
    port: int
    alternate: Alternate | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which requests go where, and how the addresses prove that they are well."""

    port: int
    health_path: str
    health_seconds: int
    deregistration_seconds: int
    hosts: Sequence[str]
    paths: Sequence[str]
    priority: int
    header: RequiredHeader | None = None
    algorithm: str = ROUND_ROBIN
    tls: bool = False

    @property
    def protocol(self) -> str:
        """What the load balancer speaks to the addresses. It takes any certificate of theirs."""
        # AWS: "Target groups for your Application Load Balancers", section "Protocol": certificates of targets are
        # not validated; per reference notes, not verified against AWS.
        return "HTTPS" if self.tls else "HTTP"


def forward(
    parent: pulumi.Resource,
    name: str,
    wish: Wish,
    *,
    vpc_id: pulumi.Input[str],
    listener_arn: pulumi.Output[str],
    tags: Mapping[str, str],
) -> Target:
    """Make the group and the listener rule that forwards to it."""
    check_wish(name, wish)
    group = target_group(parent, name, wish, vpc_id, tags)
    rule = _rule(parent, name, wish, group, listener_arn, tags)
    return Target(
        # ECS refuses a group that no load balancer forwards to, so its name is told only after the rule stands.
        arn=pulumi.Output.all(group.arn, rule.id).apply(lambda known: str(known[0])),
        arn_suffix=group.arn_suffix,
        listener_arn=listener_arn,
        port=wish.port,
    )


def target_group(
    parent: pulumi.Resource, name: str, wish: Wish, vpc_id: pulumi.Input[str], tags: Mapping[str, str]
) -> aws.lb.TargetGroup:
    """A group of addresses that prove by an answer that they are well."""
    return aws.lb.TargetGroup(
        names.fit(name, names.TARGET_GROUP),
        vpc_id=vpc_id,
        target_type="ip",
        protocol=wish.protocol,
        port=wish.port,
        deregistration_delay=wish.deregistration_seconds,
        load_balancing_algorithm_type=wish.algorithm,
        health_check={
            "path": wish.health_path,
            "protocol": wish.protocol,
            "matcher": "200",
            "interval": wish.health_seconds,
            "timeout": min(_TIMEOUT_SECONDS, wish.health_seconds - 1),
            "healthy_threshold": 2,
            "unhealthy_threshold": 3,
        },
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _rule(
    parent: pulumi.Resource,
    name: str,
    wish: Wish,
    group: aws.lb.TargetGroup,
    listener_arn: pulumi.Input[str],
    tags: Mapping[str, str],
) -> aws.lb.ListenerRule:
    return aws.lb.ListenerRule(
        name,
        listener_arn=listener_arn,
        priority=wish.priority,
        actions=[{"type": "forward", "target_group_arn": group.arn}],
        conditions=conditions(wish),
        tags={**tags, "Name": name},
        opts=pulumi.ResourceOptions(parent=parent, additional_secret_outputs=secret_outputs(wish)),
    )


def secret_outputs(wish: Wish) -> list[str] | None:
    """The outputs of a rule that hold a secret."""
    return ["conditions"] if wish.header else None


def conditions(wish: Wish) -> list[ListenerRuleConditionArgsDict]:
    """Which requests the rule takes."""
    hosts: list[ListenerRuleConditionArgsDict] = [{"host_header": {"values": list(wish.hosts)}}]
    paths: list[ListenerRuleConditionArgsDict] = [{"path_pattern": {"values": list(wish.paths) or ["/*"]}}]
    if not wish.hosts:
        return [*paths, *_header(wish)]
    return [*hosts, *(paths if wish.paths else []), *_header(wish)]


def _header(wish: Wish) -> list[ListenerRuleConditionArgsDict]:
    if wish.header is None:
        return []
    return [{"http_header": {"http_header_name": wish.header.name, "values": list(wish.header.values)}}]


def check_wish(where: str, wish: Wish) -> None:
    """Raise ComponentError for health checks that AWS does not make, and rules that it does not take."""
    values = values_of(wish.hosts, wish.paths)
    room = MOST_VALUES - (len(wish.header.values) if wish.header else 0)
    if values > room:
        raise ComponentError(
            where,
            f"{values} hosts and paths lead to this target",
            expected=f"at most {room}: AWS takes {MOST_VALUES} values in a rule, the edge's header's among them",
            fix="join them by a pattern, or make a second target",
        )
    if not _SHORTEST_INTERVAL <= wish.health_seconds <= _LONGEST_INTERVAL:
        raise ComponentError(
            where,
            f"a health check every {wish.health_seconds} seconds",
            expected=f"{_SHORTEST_INTERVAL} to {_LONGEST_INTERVAL} seconds, which is what AWS takes",
            fix="choose another health_seconds",
        )
    if wish.algorithm not in ALGORITHMS:
        raise ComponentError(
            where,
            f"the next address is to be chosen by {wish.algorithm}",
            expected=f"one of {', '.join(ALGORITHMS)}",
            fix="correct the gateway's algorithm",
        )
    if not wish.health_path.startswith("/"):
        raise ComponentError(
            where,
            f"the health path is {wish.health_path!r}",
            expected="a path that begins with /",
            fix="correct health_path",
        )
