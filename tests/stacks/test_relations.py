"""Who reaches whom in stacks of several services, and by what names they know each other."""

import pytest

from tests.stacks.applied import applied


@pytest.mark.proves("S0-38", "S0-39", "S0-40", "S0-42", "S0-43", "S2-17")
def test_each_reaches_only_what_it_uses_and_leaves_by_the_ports_that_it_asks_for() -> None:
    practice = applied("practice-app-production")
    reaches = practice.reaches
    assert {pair: ports for pair, ports in reaches.items() if pair[1] not in ("internet", "cloudfront")} == {
        ("gateway", "web"): "3000",
        ("gateway", "api"): "8000",
        ("web", "api"): "8001",
        ("api", "database"): "5432",
        ("api", "cache"): "6379",
        ("bastion", "database"): "5432",
        ("bastion", "cache"): "6379",
    }
    assert practice.relation("database", "rotation") == 5432
    assert reaches["api", "internet"] == "25 80 443 587"
    assert reaches["web", "internet"] == "443"


@pytest.mark.proves("S1-16", "S0-34", "S2-02")
def test_services_find_each_other_by_name() -> None:
    platform = applied("api-platform-production")
    [namespace] = platform.answers["namespaces"]
    assert (namespace["Name"], namespace["Type"]) == ("api-prod", "HTTP")
    called = platform.service("auth")["serviceConnectConfiguration"]
    [offered] = called["services"]
    assert offered["clientAlias"] == [{"dnsName": "auth", "port": 3001}]
    assert called["namespace"] == platform.service("api")["serviceConnectConfiguration"]["namespace"]
    assert platform.service("api")["serviceConnectConfiguration"].get("services") is None
    assert platform.environment("api")["SERVICE_URL_AUTH"] == "http://auth:3001"
    assert platform.reaches["api", "auth"] == "3001"
    assert ("auth", "api") not in platform.reaches


def test_services_that_call_nobody_need_no_namespace() -> None:
    stack = applied("dev")
    assert list(stack.answers["namespaces"]) == []
    assert stack.service("web").get("serviceConnectConfiguration") is None


@pytest.mark.proves("S2-18")
def test_services_come_to_the_database_through_the_pooler() -> None:
    platform = applied("api-platform-production")
    assert platform.relation("database-proxy", "api") == 3306
    assert platform.relation("database-proxy", "auth") == 3306
    assert platform.relation("database", "proxy") == 3306


def test_a_pooler_that_wants_tokens_lets_in_the_roles_of_its_users() -> None:
    stack = applied("staging", {"database": {"pooler": {"iam": True}}})
    assert stack.environment("web")["DATABASE_LOGIN"] == "iam"
    assert "DATABASE_PASSWORD" not in stack.secrets("web")
    granted = {
        statement["Resource"][0].rsplit("/", 1)[-1]
        for statements in stack.policies("web-task").values()
        for statement in statements
        if statement["Action"] == ["rds-db:connect"]
    }
    assert granted == {"app_a", "app_b"}


def test_declared_endpoints_are_for_the_services_and_for_who_renews_passwords() -> None:
    names = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
    stack = applied(
        "dev",
        {
            "network": {"endpoints": names},
            "database": {"rotation_days": 30, "credentials": "secret"},
            "integrations": {"mail": "none", "elasticsearch": False, "google_analytics": False},
            "services": {"web": {"egress_ports": []}},
        },
    )
    endpoints = stack.of("ec2/vpcEndpoint:VpcEndpoint")
    assert sorted(
        one["serviceName"].removeprefix("com.amazonaws.us-east-1.") for one in endpoints.values()
    ) == [
        *sorted(names[:3]),
        "s3",
        "secretsmanager",
    ]
    assert stack.reaches["web", "network-endpoints"] == "443"
    assert stack.relation("network-endpoints", "database-rotation") == 443
    assert ("web", "internet") not in stack.reaches
