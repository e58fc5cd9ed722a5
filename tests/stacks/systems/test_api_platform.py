"""The API platform's environments and services, held against its document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stacks.settings.errors import ConfigurationError
from stacks.settings.load import Configuration, load
from tests.stacks.systems.api_platform import (
    cluster,
    container,
    flood_limit,
    instances,
    secrets,
    service,
    target_group,
    told,
    ways,
)
from tests.stacks.systems.life import live
from tests.stacks.systems.standing import System, standing

BOTH = ("api", "auth")
LIMITS = ("RATE_LIMIT_USER", "RATE_LIMIT_ADDRESS", "RATE_LIMIT_GLOBAL", "RATE_LIMIT_BURST")
# AWS: WAF developer guide, "Rate-based rule high-level settings": the highest limit, per general knowledge.
NEVER_REACHED = 2_000_000_000


@pytest.fixture
def production() -> System:
    return standing("api-platform-production")


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_comes_up_stays_as_it_is_and_goes(environment: str, tmp_path: Path) -> None:
    live(f"api-platform-{environment}", tmp_path)


@pytest.mark.proves("S2-03", "S2-19")
def test_development_has_a_mysql_of_its_own_and_the_reference_database_to_look_at() -> None:
    dev = standing("api-platform-dev")
    [database] = instances(dev)
    assert (database["Engine"], database["EngineVersion"].startswith("8.0.")) == ("mysql", True)
    for name in BOTH:
        found = told(dev, name)
        assert (found["REF_DB_HOST"], found["REF_DB_ACCESS"]) == ("pma.nextnlp.com", "phpMyAdmin")
        assert found["DATABASE_HOST"] == database["Endpoint"]["Address"]
        # Its credentials are Warp's: no secret of the stack is theirs.
        assert [variable for variable in secrets(dev, name) if variable.startswith("REF_DB")] == []


@pytest.mark.proves("S2-03")
def test_development_takes_its_own_tokens_and_says_everything() -> None:
    dev = standing("api-platform-dev")
    for name in BOTH:
        found = told(dev, name)
        assert (found["DEVELOPMENT_TOKENS"], found["OAUTH2_ENABLED"]) == ("true", "false")
        assert found["LOG_LEVEL"] == "debug"


@pytest.mark.proves("S2-03", "S2-10")
def test_development_has_no_limit_in_the_application_and_none_before_it() -> None:
    dev = standing("api-platform-dev")
    for name in BOTH:
        assert [limit for limit in LIMITS if limit in told(dev, name)] == []
    assert flood_limit(dev)["Statement"]["RateBasedStatement"]["Limit"] == NEVER_REACHED


@pytest.mark.proves("S2-04", "S2-11")
def test_staging_answers_500_requests_a_minute_and_100_at_once() -> None:
    staging = standing("api-platform-staging")
    for name in BOTH:
        found = told(staging, name)
        assert (found["RATE_LIMIT_USER"], found["RATE_LIMIT_BURST"]) == ("500", "100")
    _lets_through(staging, per_minute=500)


@pytest.mark.proves("S2-04")
def test_staging_has_users_and_data_of_its_own_and_logs_as_production_does() -> None:
    staging = standing("api-platform-staging")
    primary, replica = instances(staging)
    assert (primary["Engine"], primary["EngineVersion"].startswith("8.0.")) == ("mysql", True)
    assert (primary["DBName"], primary["MultiAZ"]) == ("staging_database", True)
    assert replica["ReadReplicaSourceDBInstanceIdentifier"] == primary["DBInstanceIdentifier"]
    # Like production's it is reached through the pooler.
    [proxy] = staging.client("rds").describe_db_proxies()["DBProxies"]
    for name in BOTH:
        found = told(staging, name)
        assert found["DATABASE_HOST"] == proxy["Endpoint"]
        assert (found["OAUTH2_ENABLED"], found["DEVELOPMENT_TOKENS"]) == ("true", "false")
        assert (found["LOG_LEVEL"], found["AUDIT_LOG"]) == ("info", "true")
        assert _of_the_stack(staging, name) == {"staging"}


@pytest.mark.proves("S2-05", "S2-12")
def test_production_answers_100_requests_a_minute_and_20_at_once(production: System) -> None:
    for name in BOTH:
        found = told(production, name)
        assert (found["RATE_LIMIT_USER"], found["RATE_LIMIT_BURST"]) == ("100", "20")
    _lets_through(production, per_minute=100)


@pytest.mark.proves("S2-05")
def test_production_is_a_cluster_with_full_authentication_and_an_audit_log(production: System) -> None:
    assert (cluster(production)["Engine"], cluster(production)["MultiAZ"]) == ("mysql", True)
    for name in BOTH:
        found = told(production, name)
        assert (found["OAUTH2_ENABLED"], found["DEVELOPMENT_TOKENS"]) == ("true", "false")
        assert found["JWT_ALGORITHM"] == "RS256"
        assert {"JWT_KEY", "OAUTH2_SECRETS"} <= set(secrets(production, name))
        assert (found["AUDIT_LOG"], found["AUDIT_LOG_GROUP"]) == ("true", "/api-platform/production/audit")
        assert _of_the_stack(production, name) == {"production"}


@pytest.mark.proves("S2-19")
@pytest.mark.parametrize("environment", ["staging", "production"])
def test_the_reference_database_is_refused_outside_of_dev(environment: str) -> None:
    reference = {"database": {"reference": {"host": "pma.nextnlp.com", "access": "phpMyAdmin"}}}
    with pytest.raises(ConfigurationError) as refused:
        load(Configuration(stack=f"api-platform-{environment}", values={"overrides": reference}))
    assert "database.reference: the reference database pma.nextnlp.com " in str(refused.value)
    assert "null outside of dev" in str(refused.value)


@pytest.mark.proves("S2-19")
def test_production_is_not_told_of_the_reference_database(production: System) -> None:
    for name in BOTH:
        everything = {**told(production, name), **secrets(production, name)}
        assert [variable for variable in everything if variable.startswith("REF_DB")] == []
        assert not [value for value in everything.values() if "nextnlp" in value]


@pytest.mark.proves("S2-02")
def test_authentication_is_a_service_of_its_own_behind_the_same_entrance(production: System) -> None:
    api, auth = service(production, "api"), service(production, "auth")
    assert api["taskDefinition"] != auth["taskDefinition"]
    assert container(production, "api")["image"] != container(production, "auth")["image"]
    [group] = [one["targetGroupArn"] for one in auth["loadBalancers"]]
    assert ways(production)["/auth/*"][group] == 100
    assert target_group(production, group)["HealthCheckPath"] == "/auth/health"
    # The API asks it directly, without going out and in again.
    assert told(production, "api")["SERVICE_URL_AUTH"] == "http://auth:3001"


@pytest.mark.proves("S2-35")
def test_a_new_version_stands_beside_the_old_one_before_it_gets_a_request(production: System) -> None:
    for name, path in (("api", "/*"), ("auth", "/auth/*")):
        deployment = service(production, name)["deploymentConfiguration"]
        assert deployment["strategy"] == "BLUE_GREEN"
        # Nobody is stopped before somebody else answers.
        assert (deployment["minimumHealthyPercent"], deployment["maximumPercent"]) == (100, 200)
        [behind] = service(production, name)["loadBalancers"]
        blue, green = behind["targetGroupArn"], behind["advancedConfiguration"]["alternateTargetGroupArn"]
        assert ways(production)[path] == {blue: 100, green: 0}
        assert [target_group(production, one)["Port"] for one in (blue, green)] == [
            container(production, name)["portMappings"][0]["containerPort"]
        ] * 2


@pytest.mark.proves("S2-36")
def test_a_version_whose_answers_fail_is_taken_back(production: System) -> None:
    for name in BOTH:
        deployment = service(production, name)["deploymentConfiguration"]
        watched = deployment["alarms"]
        assert (watched["enable"], watched["rollback"]) == (True, True)
        assert watched["alarmNames"] == [
            f"api-prod-{name}-deployment-errors",
            f"api-prod-{name}-deployment-latency",
        ]
        [behind] = service(production, name)["loadBalancers"]
        judged = _judged(production, watched["alarmNames"])
        # Both generations are judged, whichever is the new one.
        for arn in (behind["targetGroupArn"], behind["advancedConfiguration"]["alternateTargetGroupArn"]):
            assert arn.rsplit(":", 1)[-1] in judged


@pytest.mark.proves("S2-43", "S2-44")
def test_tasks_follow_the_load_from_a_thousand_users_to_ten_thousand(production: System) -> None:
    """As many tasks as carry the thousand, and room for ten times as many."""
    assert production.outputs["promises"]["concurrent_users"] == 1000
    scaled = production.client("application-autoscaling")
    for name in BOTH:
        running = service(production, name)
        resource = f"service/{production.outputs['cluster_name']}/{running['serviceName']}"
        [room] = scaled.describe_scalable_targets(ServiceNamespace="ecs", ResourceIds=[resource])[
            "ScalableTargets"
        ]
        assert (running["runningCount"], room["MinCapacity"]) == (3, 3)
        assert room["MaxCapacity"] == 10_000 // 1_000 * room["MinCapacity"]
        followed = scaled.describe_scaling_policies(ServiceNamespace="ecs", ResourceId=resource)
        assert {
            one["TargetTrackingScalingPolicyConfiguration"]["PredefinedMetricSpecification"][
                "PredefinedMetricType"
            ]
            for one in followed["ScalingPolicies"]
        } == {"ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"}


def _lets_through(system: System, per_minute: int) -> None:
    """The firewall stops floods of one address, and nothing that the application would answer."""
    rule = flood_limit(system)
    flood = rule["Statement"]["RateBasedStatement"]
    assert (flood["AggregateKeyType"], flood["EvaluationWindowSec"]) == ("IP", 300)
    assert flood["Limit"] / 5 >= per_minute
    assert rule["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429


def _of_the_stack(system: System, name: str) -> set[str]:
    """The environments that the service's own slots belong to: `api-platform/<environment>/<slot>`."""
    arns = secrets(system, name).values()
    return {
        arn.split(":secret:api-platform/")[1].split("/")[0] for arn in arns if ":secret:api-platform/" in arn
    }


def _judged(system: System, alarms: list[str]) -> set[str]:
    found: list[dict[str, Any]] = system.client("cloudwatch").describe_alarms(AlarmNames=alarms)[
        "MetricAlarms"
    ]
    return {
        dimension["Value"]
        for one in found
        for query in one["Metrics"]
        if "MetricStat" in query
        for dimension in query["MetricStat"]["Metric"]["Dimensions"]
        if dimension["Name"] == "TargetGroup"
    }
