"""The MueJam Library's environments and deployments, held against its document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from stacks.settings.errors import ConfigurationError
from stacks.settings.load import Configuration, load
from tests.stacks.systems.life import live
from tests.stacks.systems.muejam_library import (
    aliases,
    backend,
    cache,
    container,
    databases,
    distributions,
    task,
    told,
)
from tests.stacks.systems.standing import standing

WITHOUT_VERSION = {"services": {"backend": {"version": None}}}


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_comes_up_stays_as_it_is_and_goes(environment: str, tmp_path: Path) -> None:
    live(f"muejam-library-{environment}", tmp_path)


@pytest.mark.proves("S4-14")
def test_development_is_single_small_and_talkative() -> None:
    dev = standing("muejam-library-dev")
    assert backend(dev)["desiredCount"] == 1
    [database] = databases(dev)
    assert (database["MultiAZ"], database["DBInstanceClass"]) == (False, "db.t4g.micro")
    nodes = cache(dev)
    assert (len(nodes["MemberClusters"]), nodes["CacheNodeType"]) == (1, "cache.t4g.micro")
    # The smallest task that Fargate has.
    assert (task(dev)["cpu"], task(dev)["memory"]) == ("256", "512")
    assert told(dev)["LOG_LEVEL"] == "debug"


@pytest.mark.proves("S4-14")
def test_development_has_no_cdn() -> None:
    dev = standing("muejam-library-dev")
    assert distributions(dev) == {}
    [balancer] = dev.client("elbv2").describe_load_balancers()["LoadBalancers"]
    assert balancer["Scheme"] == "internet-facing"
    assert dev.outputs["url"] == "https://api.dev.muejam.app"


@pytest.mark.proves("S4-50")
def test_only_what_is_not_critical_runs_on_spot() -> None:
    dev = backend(standing("muejam-library-dev"))["capacityProviderStrategy"]
    shares = {one["capacityProvider"]: one["weight"] for one in dev}
    assert shares["FARGATE_SPOT"] == 100
    staging = backend(standing("muejam-library-staging"))["capacityProviderStrategy"]
    assert [one["capacityProvider"] for one in staging] == ["FARGATE"]


@pytest.mark.proves("S4-15", "S4-19")
def test_staging_is_production_in_small() -> None:
    staging = standing("muejam-library-staging")
    assert (backend(staging)["desiredCount"], backend(staging)["runningCount"]) == (2, 2)
    primary, *_ = databases(staging)
    assert (primary["Engine"], primary["MultiAZ"]) == ("postgres", True)
    assert (cache(staging)["Engine"], cache(staging)["AutomaticFailover"]) == ("valkey", "enabled")
    # Reduced capacity: half of a task of production, and burstable machines.
    assert (task(staging)["cpu"], task(staging)["memory"]) == ("512", "1024")
    assert primary["DBInstanceClass"] == "db.t4g.medium"
    assert cache(staging)["CacheNodeType"] == "cache.t4g.small"


@pytest.mark.proves("S4-15", "S4-19", "S4-22")
def test_staging_is_reached_through_cloudfront() -> None:
    staging = standing("muejam-library-staging")
    found = distributions(staging)
    [site] = found["staging.muejam.app"]["Origins"]["Items"]
    assert site["DomainName"].startswith(f"{staging.outputs['site_bucket']}.s3.")
    assert site["OriginAccessControlId"]
    [api] = found["api.staging.muejam.app"]["Origins"]["Items"]
    assert api["DomainName"] == "origin.staging.muejam.app"
    assert aliases(staging) == {
        "staging.muejam.app": staging.outputs["site_domain"],
        "api.staging.muejam.app": staging.outputs["cdn_domain"],
        "origin.staging.muejam.app": staging.outputs["load_balancer_dns"],
    }


@pytest.mark.proves("S4-15")
def test_staging_has_every_alarm_that_production_s_parts_have() -> None:
    staging = standing("muejam-library-staging")
    metrics = {
        metric
        for alarm in staging.client("cloudwatch").describe_alarms()["MetricAlarms"]
        for metric in _metrics(alarm)
    }
    assert metrics >= {
        "HTTPCode_Target_5XX_Count",
        "TargetResponseTime",
        "HealthyHostCount",
        "RunningTaskCount",
        "CPUUtilization",
        "MemoryUtilization",
        "DatabaseConnections",
        "FreeStorageSpace",
        "ReplicaLag",
        "EngineCPUUtilization",
        "DatabaseMemoryUsagePercentage",
        "NumberOfBackupJobsFailed",
    }


@pytest.mark.proves("S4-28")
def test_deploy_sh_finds_what_it_names() -> None:
    staging = standing("muejam-library-staging")
    updated = staging.client("ecs").update_service(
        cluster="muejam-staging", service="backend", forceNewDeployment=True
    )["service"]
    assert updated["clusterArn"].endswith(":cluster/muejam-staging")
    [registry] = staging.client("ecr").describe_repositories()["repositories"]
    assert container(staging)["image"] == f"{registry['repositoryUri']}:0.1.0"
    # The frontend is no image: its files go into a bucket, and the edge forgets the old ones.
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "deployment"}
    forgotten = staging.client("cloudfront").create_invalidation(
        DistributionId=staging.outputs["site_distribution_id"], InvalidationBatch=batch
    )["Invalidation"]
    assert forgotten["InvalidationBatch"] == batch


@pytest.mark.proves("S4-29")
def test_a_version_is_asked_for_and_is_never_another_image() -> None:
    [registry] = standing("muejam-library-staging").client("ecr").describe_repositories()["repositories"]
    assert registry["imageTagMutability"] == "IMMUTABLE"
    with pytest.raises(ConfigurationError) as refused:
        load(Configuration(stack="muejam-library-staging", values={"overrides": WITHOUT_VERSION}))
    assert "services.backend.version" in str(refused.value)


@pytest.mark.proves("S4-31")
def test_a_version_that_does_not_start_is_taken_back() -> None:
    service = backend(standing("muejam-library-staging"))
    assert service["deploymentConfiguration"]["deploymentCircuitBreaker"] == {
        "enable": True,
        "rollback": True,
    }


def _metrics(alarm: Mapping[str, Any]) -> list[str]:
    """Of one metric, or of an expression over several."""
    several = [one["MetricStat"]["Metric"] for one in alarm.get("Metrics", ()) if "MetricStat" in one]
    return [str(one["MetricName"]) for one in (several or [alarm])]
