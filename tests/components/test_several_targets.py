"""Several services behind one load balancer: alarms and graphs of all together, and of each by itself."""

from dataclasses import replace
from typing import Any

import pulumi
import pytest

from components.alarms import Alarms
from components.errors import ComponentError
from components.gateway import Target
from components.observability import Observability
from components.target import Alternate
from tests.components.recording import Cloud
from tests.components.test_alarms import TARGET, FakeGateway, alarms_args
from tests.components.test_observability import ARGS

GATEWAY: Any = FakeGateway()
OTHER = replace(TARGET, arn_suffix=pulumi.Output.from_input("targetgroup/auth/8"))
PAIR = replace(
    OTHER,
    alternate=Alternate(
        arn=pulumi.Output.from_input("arn:green"),
        arn_suffix=pulumi.Output.from_input("targetgroup/auth/9"),
        production_rule_arn=pulumi.Output.from_input("arn:rule"),
    ),
)


def watch(cloud: Cloud, second: Target = OTHER) -> Alarms:
    def program() -> Alarms:
        alarms = Alarms("la-prod-alarms", alarms_args())
        alarms.watch_gateway(GATEWAY)
        alarms.watch_gateway(GATEWAY, TARGET, "la-prod-gateway-web")
        alarms.watch_gateway(GATEWAY, second, "la-prod-gateway-auth")
        return alarms

    return cloud.deploy(program)


def alarm(cloud: Cloud, name: str) -> Any:
    [found] = [made.inputs for made in cloud.of("MetricAlarm") if made.name == name]
    return found


def queried(inputs: Any) -> dict[str, Any]:
    return {
        query["id"]: (query["metric"]["metricName"], query["metric"]["dimensions"])
        for query in inputs["metricQueries"]
        if "metric" in query
    }


def test_names_of_all_together_and_of_each(cloud: Cloud) -> None:
    answers = ["error-rate-critical", "error-rate-warning", "latency-p95-critical", "latency-p95-warning"]
    own = [*answers, "no-healthy-target", "unhealthy-targets"]
    assert watch(cloud).alarm_names == [
        *(f"la-prod-gateway-{name}" for name in answers),
        *(f"la-prod-gateway-web-{name}" for name in own),
        *(f"la-prod-gateway-auth-{name}" for name in own),
    ]


def test_each_is_judged_by_its_own_requests(cloud: Cloud) -> None:
    watch(cloud)
    own = {"LoadBalancer": "app/la/5", "TargetGroup": "targetgroup/auth/8"}
    errors = alarm(cloud, "la-prod-gateway-auth-error-rate-critical")
    assert queried(errors) == {
        "requests_1": ("RequestCount", own),
        "errors_1": ("HTTPCode_Target_5XX_Count", own),
    }
    [rate] = [query for query in errors["metricQueries"] if "expression" in query]
    assert rate["expression"] == "100 * (FILL(errors_1, 0)) / (FILL(requests_1, 0))"
    assert alarm(cloud, "la-prod-gateway-auth-latency-p95-critical")["dimensions"] == own


def test_all_together_count_what_no_service_answered(cloud: Cloud) -> None:
    watch(cloud)
    whole = {"LoadBalancer": "app/la/5"}
    assert queried(alarm(cloud, "la-prod-gateway-error-rate-critical")) == {
        "requests": ("RequestCount", whole),
        "target_errors": ("HTTPCode_Target_5XX_Count", whole),
        "own_errors": ("HTTPCode_ELB_5XX_Count", whole),
    }
    assert alarm(cloud, "la-prod-gateway-latency-p95-critical")["dimensions"] == whole


def test_a_pair_adds_up_its_requests_and_is_as_slow_as_its_slower_group(cloud: Cloud) -> None:
    watch(cloud, PAIR)
    errors = alarm(cloud, "la-prod-gateway-auth-error-rate-critical")
    assert list(queried(errors)) == ["requests_1", "requests_2", "errors_1", "errors_2"]
    latency = alarm(cloud, "la-prod-gateway-auth-latency-p95-warning")
    [rate] = [query for query in latency["metricQueries"] if "expression" in query]
    assert rate["expression"] == "MAX([FILL(group_1, 0), FILL(group_2, 0)])"
    groups = {dimensions["TargetGroup"] for _, dimensions in queried(latency).values()}
    assert groups == {"targetgroup/auth/8", "targetgroup/auth/9"}


def test_one_name_for_two_is_refused(cloud: Cloud) -> None:
    def program() -> None:
        alarms = Alarms("la-prod-alarms", alarms_args())
        alarms.watch_gateway(GATEWAY, TARGET)
        alarms.watch_gateway(GATEWAY, OTHER)

    with pytest.raises(ComponentError, match="watched twice"):
        cloud.deploy(program)


def test_a_section_for_each(cloud: Cloud) -> None:
    def program() -> None:
        board = Observability("la-prod-observability", ARGS)
        board.add_gateway(GATEWAY)
        board.add_gateway(GATEWAY, PAIR, "la-prod-gateway-auth")
        board.publish()

    cloud.deploy(program)
    widgets = [one["properties"] for one in cloud.one("Dashboard").document("dashboardBody")["widgets"]]
    shown = [one.get("title") or one["markdown"] for one in widgets]
    assert shown == [
        "## la-prod-gateway",
        "Requests and 5xx answers",
        "Error rate, percent",
        "Response time, seconds",
        "## la-prod-gateway-auth",
        "Requests and 5xx answers",
        "Error rate, percent",
        "Response time, seconds",
        "Targets",
    ]
    rate, *parts = widgets[6]["metrics"]
    assert rate == [
        {
            "id": "rate",
            "expression": "100 * (FILL(errors_1, 0) + FILL(errors_2, 0)) / (FILL(requests_1, 0) + FILL(requests_2, 0))",
            "label": "5xx answers in percent of the requests",
        }
    ]
    assert [(part[1], part[-1]["id"], part[-1]["visible"]) for part in parts] == [
        ("RequestCount", "requests_1", False),
        ("RequestCount", "requests_2", False),
        ("HTTPCode_Target_5XX_Count", "errors_1", False),
        ("HTTPCode_Target_5XX_Count", "errors_2", False),
    ]
