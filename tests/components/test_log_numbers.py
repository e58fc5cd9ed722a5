"""Numbers of the product from its log lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.alarms import Alarms
from components.errors import ComponentError
from components.log_numbers import Number
from components.observability import Observability, ObservabilityArgs
from tests.components.recording import Cloud
from tests.components.test_alarms import alarms_args, topic
from tests.components.test_service import deploy

USERS = Number(name="active-users", field="active_users", title="Active users", statistic="Maximum")
BASKETS = Number(name="baskets", field="basket.items", title="Items in a basket")


def told(cloud: Cloud, *numbers: Number) -> list[dict[str, Any]]:
    service = deploy(cloud)

    def program() -> None:
        args = ObservabilityArgs(dashboard_name="la-prod", metric_namespace="shop/production")
        board = Observability("board", args)
        board.add_numbers(service, numbers)
        board.publish()

    cloud.deploy(program)
    widgets: list[dict[str, Any]] = json.loads(cloud.one("Dashboard").inputs["dashboardBody"])["widgets"]
    return widgets


def test_every_line_that_tells_a_number_counts_and_no_other(cloud: Cloud) -> None:
    told(cloud, USERS, BASKETS)
    made = {one.name: one.inputs for one in cloud.of("LogMetricFilter")}
    assert {name: (one["pattern"], one["logGroupName"]) for name, one in made.items()} == {
        "la-prod-web-active-users": ("{ $.active_users = * }", "/ecs/la-prod-web"),
        "la-prod-web-baskets": ("{ $.basket.items = * }", "/ecs/la-prod-web"),
    }
    assert made["la-prod-web-baskets"]["metricTransformation"] == {
        "namespace": "shop/production",
        "name": "la-prod-web-baskets",
        "value": "$.basket.items",
    }


def test_each_has_a_graph_of_its_own(cloud: Cloud) -> None:
    heading, users, baskets = told(cloud, USERS, BASKETS)
    assert heading["properties"]["markdown"] == "## la-prod-web, the product"
    assert users["properties"]["title"] == "Active users"
    assert users["properties"]["metrics"] == [
        ["shop/production", "la-prod-web-active-users", {"stat": "Maximum", "label": "Active users"}]
    ]
    assert baskets["properties"]["metrics"][0][-1] == {"stat": "Average", "label": "Items in a basket"}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            Number(name="users", field="$.users", title="Users"),
            "board: users is read from `$.users`. Expected a field of a line of JSON, such as active_users or "
            "user.count. Fix: correct field.",
        ),
        (
            Number(name="users", field="users", title="Users", statistic="Median"),
            "board: users is to be shown as `Median`. Expected one of Average, Maximum, Minimum, Sum, SampleCount, "
            "p50, p90, p95, p99. Fix: correct statistic.",
        ),
    ],
)
def test_what_cloudwatch_would_not_find(cloud: Cloud, number: Number, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        told(cloud, number)
    assert str(refused.value) == sentence


def test_what_was_promised_of_a_number_is_watched(cloud: Cloud) -> None:
    service = deploy(cloud)
    uploads = Number(name="upload-ms", field="upload_ms", title="File uploads, milliseconds")

    def program() -> None:
        args = ObservabilityArgs(dashboard_name="la-prod", metric_namespace="shop/production")
        numbers = Observability("board", args).add_numbers(service, [uploads])
        Alarms("la-prod-alarms", alarms_args()).watch_number(numbers["upload-ms"], 500)

    cloud.deploy(program)
    alarm = cloud.one("MetricAlarm").inputs
    assert alarm["name"] == "la-prod-web-upload-ms-slo"
    assert (alarm["namespace"], alarm["metricName"]) == ("shop/production", "la-prod-web-upload-ms")
    assert (alarm["statistic"], alarm["threshold"], alarm["comparisonOperator"]) == (
        "Average",
        500,
        "GreaterThanThreshold",
    )
    assert alarm["alarmActions"] == [topic("warning")]
    assert alarm["alarmDescription"] == ("File uploads, milliseconds: the Average is above the promised 500.")
