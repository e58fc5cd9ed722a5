"""Numbers of the product that its log lines tell: users, sales, whatever counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.dashboard import Graph, Section
from components.errors import ComponentError
from components.metric import Metric

_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
STATISTICS = ("Average", "Maximum", "Minimum", "Sum", "SampleCount", "p50", "p90", "p95", "p99")


@dataclass(frozen=True, kw_only=True)
class Number:
    """`field` of lines of JSON, such as `active_users` or `user.count`; `statistic` is what a graph shows of it.

    `name` becomes part of the metric's, and `title` stands over the graph.
    """

    name: str
    field: str
    title: str
    statistic: str = "Average"


def check_numbers(where: str, numbers: Sequence[Number]) -> None:
    """Raise ComponentError for what CloudWatch would not find, and for statistics that it does not have."""
    for number in numbers:
        if not _FIELD.fullmatch(number.field):
            raise ComponentError(
                where,
                f"{number.name} is read from `{number.field}`",
                expected="a field of a line of JSON, such as active_users or user.count",
                fix="correct field",
            )
        if number.statistic not in STATISTICS:
            raise ComponentError(
                where,
                f"{number.name} is to be shown as `{number.statistic}`",
                expected=f"one of {', '.join(STATISTICS)}",
                fix="correct statistic",
            )


def read_number(
    parent: pulumi.Resource, name: str, number: Number, log_group: pulumi.Input[str], namespace: str
) -> Metric:
    """The metric of a number, called `name`, from every line that tells it."""
    aws.cloudwatch.LogMetricFilter(
        name,
        log_group_name=log_group,
        pattern=f"{{ $.{number.field} = * }}",
        # No default: a minute of which nothing is told has no number, which is not zero.
        metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
            namespace=namespace, name=name, value=f"$.{number.field}"
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return Metric(
        namespace=namespace, name=name, dimensions={}, statistic=number.statistic, label=number.title
    )


def number_section(title: str, metrics: Sequence[Metric]) -> Section:
    """A graph for each, for they have no scale in common."""
    return Section(title=title, graphs=[Graph(title=metric.label, metrics=[metric]) for metric in metrics])
