"""Logs that mask personal data, and searches that are saved over all of them."""

import json
from typing import Any

import pulumi_aws as aws
import pytest

from components.cluster import Cluster, ClusterArgs
from components.errors import ComponentError
from components.log_masking import IDENTIFIERS, masking_policy
from components.log_search import save_searches
from components.observability import Observability, ObservabilityArgs, audit_log
from components.service import Service, ServiceArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud

AUDIT = "/plinth/la-prod/audit"


def service(name: str, cluster: Cluster) -> Service:
    args = ServiceArgs(
        cluster=cluster,
        vpc_id="vpc-12345678",
        subnet_ids=["subnet-12345678"],
        image="public.ecr.aws/nginx/nginx:1.27",
        port=3000,
        cpu=256,
        memory=512,
    )
    return Service(name, args)


@pytest.fixture
def kept(cloud: Cloud) -> Cloud:
    def program() -> None:
        args = ObservabilityArgs(
            dashboard_name="la-prod", metric_namespace="n", log_groups=[audit_log(AUDIT)]
        )
        board, cluster = Observability("la-prod-observability", args), Cluster("la-prod", ClusterArgs())
        services = [service("la-prod-web", cluster), service("la-prod-auth", cluster)]
        for one in services:
            board.mask(one)
        board.save_searches(services, AUDIT)

    cloud.deploy(program)
    return cloud


@pytest.mark.proves("S4-10")
def test_every_service_s_log_masks_what_says_who_somebody_is(kept: Cloud) -> None:
    policies = {made.inputs["logGroupName"]: made for made in kept.of("LogDataProtectionPolicy")}
    assert sorted(policies) == ["/ecs/la-prod-auth", "/ecs/la-prod-web"]
    find, mask = policies["/ecs/la-prod-web"].document("policyDocument")["Statement"]
    assert find["DataIdentifier"] == mask["DataIdentifier"]
    named = {
        arn.removeprefix("arn:aws:dataprotection::aws:data-identifier/") for arn in mask["DataIdentifier"]
    }
    assert {"EmailAddress", "CreditCardNumber", "PhoneNumber-US", "PhoneNumber-ES"} <= named
    assert (find["Operation"], mask["Operation"]) == (
        {"Audit": {"FindingsDestination": {}}},
        {"Deidentify": {"MaskConfig": {}}},
    )


def test_china_has_identifiers_of_its_own() -> None:
    first = json.loads(masking_policy("x", "aws-cn"))["Statement"][0]["DataIdentifier"]
    assert len(first) == len(IDENTIFIERS) == 10
    assert all(arn.startswith("arn:aws-cn:dataprotection::aws:data-identifier/") for arn in first)


@pytest.mark.proves("S2-34")
def test_searches_reach_over_all_logs(kept: Cloud) -> None:
    saved = {made.inputs["name"]: made.inputs for made in kept.of("QueryDefinition")}
    assert sorted(saved) == [
        "la-prod/audit by user",
        "la-prod/endpoints",
        "la-prod/errors",
        "la-prod/slow requests",
    ]
    both = ["/ecs/la-prod-web", "/ecs/la-prod-auth"]
    assert saved["la-prod/errors"]["logGroupNames"] == saved["la-prod/slow requests"]["logGroupNames"] == both
    assert saved["la-prod/audit by user"]["logGroupNames"] == [AUDIT]
    assert "filter duration_ms > 1000" in saved["la-prod/slow requests"]["queryString"]
    assert saved["la-prod/endpoints"]["logGroupNames"] == both
    assert "stats count(*) as answers" in saved["la-prod/endpoints"]["queryString"]


def test_more_groups_than_a_search_takes_are_refused(cloud: Cloud) -> None:
    with pytest.raises(ComponentError, match="one search over 51 log groups"):
        cloud.deploy(lambda: save_searches(None, "x", "x", ["/g"] * 51, 1))  # type: ignore[arg-type]


def test_aws_takes_both() -> None:
    simulation = Simulation(stack="production")

    def program() -> Any:
        aws.cloudwatch.LogGroup("web", name="/ecs/la-prod-web")
        args = ObservabilityArgs(
            dashboard_name="la-prod", metric_namespace="n", log_groups=[audit_log(AUDIT)]
        )
        board = Observability("la-prod-observability", args)
        stand_in: Any = type(
            "Stand", (), {"component_name": "la-prod-web", "log_group_name": "/ecs/la-prod-web"}
        )
        board.mask(stand_in)
        board.save_searches([stand_in], AUDIT)

    simulation.run(program)
    logs = simulation.client("logs")
    policy = logs.get_data_protection_policy(logGroupIdentifier="/ecs/la-prod-web")["policyDocument"]
    assert json.loads(policy)["Name"] == "la-prod-web-log-masking"
    assert len(logs.describe_query_definitions()["queryDefinitions"]) == 4
