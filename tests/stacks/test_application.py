"""The services of a stack: each with its own, told what it asked for and nothing else."""

import json
from typing import Any

import pytest

from stacks.settings.variables import plain, secret
from tests.stacks.applied import Applied, applied

EVERYTHING: dict[str, Any] = {
    "application": {
        "log_level": "warning",
        "auth": {"jwt_algorithm": "HS256", "access_minutes": 15, "refresh_days": 3, "oauth2": True},
        "limits": {"per_user_per_minute": 100, "all_per_minute": 1000, "burst": 20},
        "ttl_seconds": {"session": 1800, "refresh-session": 604_800},
        "features": {"new-editor": True},
    },
    "integrations": {"datadog": True, "datadog_site": "datadoghq.eu", "mail": "ses", "mail_sender": "hello"},
    "watching": {"traced_percent": 5},
    "cache": {"auth": "rbac"},
    "database": {"reference": {"host": "reference.example.net", "access": "phpMyAdmin"}},
    "services": {
        "web": {"calls": ["api"], "environment": {"WORKERS": "4"}, "renamed": {"PGHOST": "DATABASE_HOST"}},
        "api": {
            "version": "2.0.0",
            "port": 8000,
            "health_path": "/health",
            "hosts": ["api"],
            "uses": ["database"],
            "secrets": ["jwt"],
            "renamed": {"PGPASSWORD": "DATABASE_PASSWORD"},
        },
    },
}


@pytest.fixture(scope="module")
def full() -> Applied:
    return applied("dev", EVERYTHING)


@pytest.fixture(scope="module")
def practice() -> Applied:
    return applied("practice-app-production")


@pytest.fixture(scope="module")
def platform() -> Applied:
    return applied("api-platform-production")


@pytest.mark.proves("S1-02", "S1-40", "S0-02", "S0-03")
def test_each_service_has_everything_of_its_own(practice: Applied) -> None:
    services = {"sp-prod-web": 3000, "sp-prod-api": 8000}
    assert {
        name: one["loadBalancers"][0]["containerPort"]
        for name, one in practice.of("ecs/service:Service").items()
    } == services
    ecr = practice.answers["repositories"]
    assert sorted(one["repositoryName"].rsplit("-", 1)[0] for one in ecr) == [
        "sp-prod-api-images",
        "sp-prod-web-images",
    ]
    groups = practice.answers["target groups"]
    assert {(one["Port"], one["HealthCheckPath"]) for one in groups} == {
        (3000, "/api/health"),
        (8000, "/health"),
    }
    logs = {one["logGroupName"] for one in practice.answers["log groups"]}
    assert {"/ecs/sp-prod-web", "/ecs/sp-prod-api"} <= logs
    roles = {
        one: (practice.task(one)["taskRoleArn"], practice.task(one)["executionRoleArn"])
        for one in ("web", "api")
    }
    assert len({role for pair in roles.values() for role in pair}) == 4


def test_an_image_from_elsewhere_needs_no_registry() -> None:
    image = "public.ecr.aws/docker/library/nginx:1.27"
    stack = applied("dev", {"services": {"web": {"image": image}}})
    assert stack.of("ecr/repository:Repository") == {}
    assert stack.containers("web")["app"]["image"] == image


def test_variables_are_those_of_the_list(full: Applied) -> None:
    for name, own, further in (("web", {"WORKERS", "PGHOST"}, set()), ("api", set(), {"PGPASSWORD"})):
        assert set(full.environment(name)) == {*plain(full.settings, name), *own}
        assert set(full.secrets(name)) == {*secret(full.settings, name), *further}


def test_variables_of_the_systems_are_those_of_the_list(practice: Applied, platform: Applied) -> None:
    for made in (practice, platform, applied("api-platform-dev")):
        for name, service in made.settings.services.items():
            told = {*made.environment(name), *made.secrets(name)}
            assert told == {*plain(made.settings, name), *secret(made.settings, name), *service.renamed}


def test_what_the_application_is_told_of_how_to_behave(full: Applied) -> None:
    told = full.environment("web")
    expected = {
        "LOG_LEVEL": "warning",
        "AUDIT_LOG": "true",
        "AUDIT_LOG_GROUP": "/learning-assistant/dev/audit",
        "JWT_ALGORITHM": "HS256",
        "ACCESS_TOKEN_SECONDS": "900",
        "REFRESH_TOKEN_SECONDS": "259200",
        "BCRYPT_ROUNDS": "12",
        "OAUTH2_ENABLED": "true",
        "API_KEYS_ENABLED": "false",
        "DEVELOPMENT_TOKENS": "false",
        "RATE_LIMIT_USER": "100",
        "RATE_LIMIT_GLOBAL": "1000",
        "RATE_LIMIT_BURST": "20",
        "CACHE_TTL_SESSION": "1800",
        "CACHE_TTL_REFRESH_SESSION": "604800",
        "FEATURE_NEW_EDITOR": "true",
        "MAIL_PROVIDER": "ses",
        "MAIL_FROM": "hello@dev.learning-assistant.app",
        "REF_DB_HOST": "reference.example.net",
        "REF_DB_ACCESS": "phpMyAdmin",
        "SERVICE_URL_API": "http://api:8000",
        "APP_URL": "https://dev.learning-assistant.app",
        "HEALTH_PATH": "/api/health",
        "PUBLIC_URL": "https://dev.learning-assistant.app",
        "WORKERS": "4",
    }
    assert {name: told.get(name) for name in expected} == expected
    assert "RATE_LIMIT_ADDRESS" not in told
    assert full.environment("api")["PUBLIC_URL"] == "https://api.dev.learning-assistant.app"
    assert told["PGHOST"] == told["DATABASE_HOST"]


@pytest.mark.proves("S2-20")
def test_the_platform_s_production_finds_its_database_under_its_own_names(platform: Applied) -> None:
    for name in ("api", "auth"):
        told, given = platform.environment(name), platform.secrets(name)
        assert told["PROD_DB_PORT"] == told["DATABASE_PORT"] == "3306"
        assert told["PROD_DB_NAME"] == "production_database"
        assert told["PROD_DB_HOST"] == told["DATABASE_HOST"]
        for new, old in (("PROD_DB_USERNAME", "username"), ("PROD_DB_PASSWORD", "password")):
            assert new not in told
            assert given[new].startswith("arn:aws:secretsmanager:")
            assert given[new].endswith(f":{old}::")


@pytest.mark.proves("S2-19")
def test_the_reference_database_is_told_of_in_dev_only(platform: Applied) -> None:
    dev = applied("api-platform-dev").environment("api")
    assert (dev["REF_DB_HOST"], dev["REF_DB_ACCESS"]) == ("pma.nextnlp.com", "phpMyAdmin")
    assert not [name for name in platform.environment("api") if name.startswith("REF_DB")]


def test_a_service_is_given_the_slots_that_it_lists_and_may_read_no_others(full: Applied) -> None:
    assert set(full.secrets("api")) == {"JWT_KEY", "DATABASE_USERNAME", "DATABASE_PASSWORD", "PGPASSWORD"}
    assert {"SESSION_SECRET", "SEARCH_URL", "GOOGLE_ANALYTICS_KEY"} <= set(full.secrets("web"))
    [read] = [
        one
        for one in full.policies("api-execution")["la-dev-api-execution-policy"]
        if one["Sid"] == "ReadSecrets"
    ]
    readable = {arn.rsplit(":", 1)[-1].rsplit("-", 1)[0] for arn in read["Resource"]}
    assert "learning-assistant/dev/jwt" in readable
    assert "learning-assistant/dev/session" not in readable


@pytest.mark.proves("S1-23")
def test_requests_are_traced_by_a_collector_beside_each_task(full: Applied) -> None:
    for name in ("web", "api"):
        collector = full.containers(name)["tracing"]
        assert collector["image"] == "public.ecr.aws/aws-observability/aws-otel-collector:v0.48.0"
        told = full.environment(name)
        assert told["OTEL_SERVICE_NAME"] == f"la-dev-{name}"
        assert told["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://localhost:4317"
        assert (told["OTEL_TRACES_SAMPLER"], told["OTEL_TRACES_SAMPLER_ARG"]) == (
            "parentbased_traceidratio",
            "0.05",
        )
        statements = full.policies(f"{name}-task")[f"la-dev-{name}-task-policy"]
        assert (
            "xray:PutTraceSegments" in next(one for one in statements if one["Sid"] == "SendTraces")["Action"]
        )
    rules = full.of("xray/samplingRule:SamplingRule")
    sampled = rules.pop("la-dev-tracing")
    assert (sampled["fixedRate"], sampled["serviceName"]) == (0.05, "la-dev-*")
    assert {rule["urlPath"] for rule in rules.values()} == {"/api/health", "/health"}
    [group] = full.of("xray/group:Group").values()
    assert 'service("la-dev-web") OR service("la-dev-api")' in group["filterExpression"]


def test_nothing_is_traced_unless_it_is_asked_for() -> None:
    stack = applied("dev")
    assert stack.of("xray/samplingRule:SamplingRule") == {}
    assert list(stack.containers("web")) == ["app"]


@pytest.mark.proves("S4-25")
def test_datadog_s_agent_stands_beside_each_task_and_alone_has_the_key(full: Applied) -> None:
    for name, version in (("web", "0.1.0"), ("api", "2.0.0")):
        agent = full.containers(name)["datadog-agent"]
        [key] = agent["secrets"]
        assert key["name"] == "DD_API_KEY"
        assert ":secret:learning-assistant/dev/datadog-" in key["valueFrom"]
        assert {"name": "DD_SITE", "value": "datadoghq.eu"} in agent["environment"]
        assert full.environment(name)["DD_VERSION"] == version
        assert "DD_API_KEY" not in full.secrets(name)


def test_mail_goes_out_in_the_zone_s_name_from_those_that_use_mail(full: Applied) -> None:
    [identity] = full.answers["identities"]
    assert identity["IdentityName"] == "dev.learning-assistant.app"
    [statement] = full.policies("web-task")["la-dev-mail-web-send"]
    assert statement["Action"] == ["ses:SendEmail", "ses:SendRawEmail"]
    assert [arn.rsplit(":", 1)[-1] for arn in statement["Resource"]] == [
        "identity/dev.learning-assistant.app"
    ]
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "hello@dev.learning-assistant.app"}}
    assert not [name for name in full.policies("api-task") if "mail" in name]


def test_who_did_what_may_be_written_to_the_audit_log_and_nowhere_else(full: Applied) -> None:
    statements = full.policies("api-task")["la-dev-api-task-policy"]
    [write] = [one for one in statements if one["Sid"] == "WriteAuditLog"]
    assert write["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert write["Resource"] == [
        "arn:aws:logs:us-east-1:123456789012:log-group:/learning-assistant/dev/audit:*"
    ]


def test_without_an_audit_log_nobody_is_told_of_one() -> None:
    stack = applied("api-platform-dev")
    assert stack.environment("api")["AUDIT_LOG"] == "false"
    assert "AUDIT_LOG_GROUP" not in stack.environment("api")
    assert "WriteAuditLog" not in json.dumps(stack.policies("api-task"))


def test_a_service_without_tasks_is_not_waited_for() -> None:
    stack = applied("dev", {"services": {"web": {"desired_count": 0}}})
    assert stack.service("web")["waitForSteadyState"] is False
    assert stack.service("web")["desiredCount"] == 0
    assert applied("dev").service("web")["waitForSteadyState"] is True


def test_what_one_service_is_told_to_be() -> None:
    web = {
        "command": ["gunicorn", "app:main"],
        "cpu_architecture": "ARM64",
        "allow_exec": True,
        "spot_share_percent": 50,
        "deployment": {"minimum_healthy_percent": 50, "maximum_percent": 150},
    }
    stack = applied("dev", {"services": {"web": web}})
    task, service = stack.task("web"), stack.service("web")
    assert task["runtimePlatform"]["cpuArchitecture"] == "ARM64"
    assert stack.containers("web")["app"]["command"] == ["gunicorn", "app:main"]
    assert service["enableExecuteCommand"] is True
    assert (service["deploymentMinimumHealthyPercent"], service["deploymentMaximumPercent"]) == (50, 150)
    weights = {one["capacityProvider"]: one["weight"] for one in service["capacityProviderStrategies"]}
    assert weights == {"FARGATE": 50, "FARGATE_SPOT": 50}
