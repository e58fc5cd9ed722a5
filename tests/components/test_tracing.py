"""Tracing: what is sampled, what is shown, and who may hand in traces."""

from typing import Any

import pytest

from components.errors import ComponentError
from components.key import Key, KeyArgs
from components.tracing import Tracing, TracingArgs, filter_expression
from simcloud.testing import Simulation
from tests.components.recording import Cloud


def deploy(cloud: Cloud, **changes: Any) -> None:
    cloud.deploy(lambda: Tracing("la-prod-tracing", TracingArgs(**changes)))


def test_a_sample_and_nothing_of_the_health_checks(cloud: Cloud) -> None:
    deploy(cloud)
    rules = {made.name: made.inputs for made in cloud.of("SamplingRule")}
    assert {name: (rule["priority"], rule["urlPath"]) for name, rule in rules.items()} == {
        "la-prod-tracing-not-1": (101, "/api/health"),
        "la-prod-tracing": (1000, "*"),
    }
    health, rest = rules["la-prod-tracing-not-1"], rules["la-prod-tracing"]
    assert (health["fixedRate"], health["reservoirSize"]) == (0, 0)
    assert (rest["fixedRate"], rest["reservoirSize"]) == (0.05, 1)


def test_the_group_shows_what_failed_or_was_slow(cloud: Cloud) -> None:
    deploy(cloud, service_name="web", slow_seconds=0.5)
    inputs = cloud.one("Group").inputs
    assert inputs["groupName"] == "la-prod-tracing"
    assert inputs["filterExpression"] == (
        'service("web") AND (fault = true OR error = true OR responsetime > 0.5)'
    )
    assert inputs["insightsConfiguration"] == {"insightsEnabled": True, "notificationsEnabled": False}
    assert filter_expression(("web", "api"), 2) == (
        '(service("web") OR service("api")) AND (fault = true OR error = true OR responsetime > 2)'
    )
    assert filter_expression((), 2) == "(fault = true OR error = true OR responsetime > 2)"


def test_a_pattern_samples_several_services_and_shows_them_by_name(cloud: Cloud) -> None:
    deploy(cloud, service_name="la-prod-*", shown=("la-prod-web", "la-prod-api"))
    assert {made.inputs["serviceName"] for made in cloud.of("SamplingRule")} == {"la-prod-*"}
    expression = cloud.one("Group").inputs["filterExpression"]
    assert expression.startswith('(service("la-prod-web") OR service("la-prod-api")) AND ')


def test_encryption_is_one_stack_s_business(cloud: Cloud) -> None:
    deploy(cloud)
    assert cloud.of("EncryptionConfig") == []


def test_a_role_hands_in_traces_and_asks_for_rules(cloud: Cloud) -> None:
    cloud.deploy(lambda: Tracing("la-prod-tracing", TracingArgs()).grant_write("la-prod-web-task", "web"))
    made = cloud.one("RolePolicy")
    assert (made.name, made.inputs["role"]) == ("la-prod-tracing-web-write", "la-prod-web-task")
    [statement] = made.document("policy")["Statement"]
    assert statement["Action"] == [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    ]


def test_xray_takes_it_with_a_key() -> None:
    simulation = Simulation(stack="production")

    def program() -> None:
        key = Key("la-prod-key", KeyArgs(alias="la-prod", description="Data"))
        Tracing("la-prod-tracing", TracingArgs(kms_key_arn=key.arn, untraced_paths=("/health", "/ready")))

    simulation.run(program)
    [config] = simulation.of_type("aws:xray/encryptionConfig:EncryptionConfig")
    assert config.inputs["type"] == "KMS"
    assert str(config.inputs["keyId"]).startswith("arn:aws:kms:")
    assert len(simulation.of_type("aws:xray/samplingRule:SamplingRule")) == 3
    [group] = simulation.of_type("aws:xray/group:Group")
    assert ":group/la-prod-tracing/" in str(group.outputs["arn"])


@pytest.mark.parametrize(
    ("name", "changes", "problem"),
    [
        ("x" * 27, {}, "too long for the name of a sampling rule. Expected at most 32"),
        ("la", {"share_percent": 101}, "101 % of the requests are to be traced"),
        ("la", {"first_per_second": -1}, "-1 requests per second are always traced, and 2 s are slow"),
        ("la", {"slow_seconds": 0}, "1 requests per second are always traced, and 0 s are slow"),
        ("la", {"service_name": 'a"b'}, "contains a quote"),
        ("la", {"service_name": "la-*"}, "Expected `shown` beside a pattern"),
    ],
)
def test_what_it_refuses(cloud: Cloud, name: str, changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Tracing(name, TracingArgs(**changes)))
    assert problem in str(refused.value)
    assert cloud.made == []
