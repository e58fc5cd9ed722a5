"""The scalable Next.js product's environments and servers, held against its document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.components.reachability import Map, survey
from tests.stacks.systems.life import live
from tests.stacks.systems.scalable_next import (
    balancer,
    cache,
    container,
    databases,
    listener,
    rules,
    service,
    target_group,
    told,
)
from tests.stacks.systems.standing import System, standing

# One address of the edge, and one of nobody.
OUTSIDE = {"cloudflare": "173.245.48.9", "anybody": "198.18.0.9"}


@pytest.fixture
def production() -> System:
    return standing("scalable-next-production")


@pytest.fixture
def network(production: System) -> Map:
    return survey(production, "next-prod", OUTSIDE)


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_comes_up_stays_as_it_is_and_goes(environment: str, tmp_path: Path) -> None:
    live(f"scalable-next-{environment}", tmp_path)


@pytest.mark.proves("S3-02", "S3-32")
def test_each_link_of_the_chain_reaches_the_next_and_nothing_else_does(network: Map) -> None:
    outside = ("internet", *OUTSIDE)
    assert network.matrix() == {
        ("cloudflare", "gateway"): "443",
        ("gateway", "web"): "3000",
        ("web", "cache"): "6379",
        ("web", "database"): "5432",
        **{("web", place): "443" for place in outside},
    }


@pytest.mark.proves("S3-02")
def test_each_link_of_the_chain_knows_the_next(production: System) -> None:
    """Cloudflare, the load balancer, three servers, Redis, PostgreSQL and its replica."""
    records = production.inputs("cloudflare:index/dnsRecord:DnsRecord").values()
    contents = {record["name"]: (record["content"], record["proxied"]) for record in records}
    assert contents["scalable-next.app"] == ("origin.scalable-next.app", True)
    assert contents["origin.scalable-next.app"] == (balancer(production)["DNSName"], False)
    group = target_group(production)["TargetGroupArn"]
    assert [one["targetGroupArn"] for one in service(production)["loadBalancers"]] == [group]
    primary, replica = databases(production)
    assert replica["ReadReplicaSourceDBInstanceIdentifier"] == primary["DBInstanceIdentifier"]
    given = told(production)
    assert given["REDIS_HOST"] == cache(production)["ConfigurationEndpoint"]["Address"]
    assert given["DATABASE_READER_HOSTS"] == replica["Endpoint"]["Address"]
    proxy = production.client("rds").describe_db_proxies()["DBProxies"][0]
    assert given["DATABASE_HOST"] == proxy["Endpoint"]


@pytest.mark.proves("S3-03")
def test_three_servers_listen_on_port_3000(production: System) -> None:
    assert (service(production)["desiredCount"], service(production)["runningCount"]) == (3, 3)
    [mapping] = container(production)["portMappings"]
    assert (mapping["containerPort"], mapping["hostPort"], mapping["protocol"]) == (3000, 3000, "tcp")
    assert told(production)["PORT"] == "3000"
    # One in each zone.
    assert len(service(production)["networkConfiguration"]["awsvpcConfiguration"]["subnets"]) == 3
    [target] = production.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")[
        "ScalableTargets"
    ]
    assert target["MinCapacity"] == 3


@pytest.mark.proves("S3-08")
def test_requests_go_round(production: System) -> None:
    attributes = production.client("elbv2").describe_target_group_attributes(
        TargetGroupArn=target_group(production)["TargetGroupArn"]
    )["Attributes"]
    found = {one["Key"]: one["Value"] for one in attributes}
    assert found["load_balancing.algorithm.type"] == "round_robin"
    assert found["stickiness.enabled"] == "false"


@pytest.mark.proves("S3-09")
def test_the_balancer_checks_health_ends_tls_and_routes(production: System) -> None:
    group = target_group(production)
    assert (group["HealthCheckPath"], group["Matcher"]["HttpCode"]) == ("/api/health", "200")
    https = listener(production, 443)
    [certificate] = https["Certificates"]
    described = production.client("acm").describe_certificate(CertificateArn=certificate["CertificateArn"])
    assert described["Certificate"]["Status"] == "ISSUED"
    assert (https["Protocol"], group["Protocol"]) == ("HTTPS", "HTTP")
    routes = production.client("elbv2").describe_rules(ListenerArn=https["ListenerArn"])["Rules"]
    leads = {route["Priority"]: route["Actions"][0] for route in routes}
    assert leads["50000"]["TargetGroupArn"] == group["TargetGroupArn"]
    assert leads["default"]["FixedResponseConfig"]["StatusCode"] == "404"
    redirect = listener(production, 80)["DefaultActions"][0]["RedirectConfig"]
    assert (redirect["Protocol"], redirect["StatusCode"]) == ("HTTPS", "HTTP_301")


@pytest.mark.proves("S3-10")
def test_nobody_asks_the_balancer_more_often_than_the_limit(production: System, network: Map) -> None:
    """The limit is Cloudflare's, which everything that reaches the load balancer has passed."""
    limit = rules(production, "rates")["rate-everything"]
    assert (limit["expression"], limit["action"]) == ('http.request.uri.path wildcard r"/*"', "block")
    # 2000 in five minutes.
    counted = limit["ratelimit"]
    assert counted["requestsPerPeriod"] / counted["period"] == 2000 / 300
    assert "ip.src" in counted["characteristics"]
    assert {source for source, target in network.matrix() if target == "gateway"} == {"cloudflare"}


@pytest.mark.proves("S3-30")
def test_the_balancer_lets_in_listed_addresses_only(production: System, network: Map) -> None:
    """Everywhere Cloudflare's alone, and the administration from the office's alone."""
    assert {source for source, target in network.matrix() if target == "gateway"} == {"cloudflare"}
    restricted = rules(production, "firewall")["restricted"]
    assert restricted["action"] == "block"
    assert restricted["expression"] == (
        '(http.request.uri.path wildcard r"/admin/*") and not ip.src in {203.0.113.0/24}'
    )


@pytest.mark.proves("S3-30")
def test_requests_are_filtered_at_the_edge_and_at_the_balancer(production: System) -> None:
    managed = rules(production, "managed")
    assert {name: rule["action"] for name, rule in managed.items()} == {
        "cloudflare-managed": "execute",
        "owasp-core": "execute",
    }
    attributes = production.client("elbv2").describe_load_balancer_attributes(
        LoadBalancerArn=balancer(production)["LoadBalancerArn"]
    )["Attributes"]
    found = {one["Key"]: one["Value"] for one in attributes}
    assert found["routing.http.drop_invalid_header_fields.enabled"] == "true"
    # Other people's zones at Cloudflare come from the same addresses, but know not what this one adds.
    [(header, added)] = rules(production, "origin")["lock"]["actionParameters"]["headers"].items()
    https = listener(production, 443)["ListenerArn"]
    routes = production.client("elbv2").describe_rules(ListenerArn=https)["Rules"]
    [asked] = [
        one["HttpHeaderConfig"]
        for route in routes
        for one in route["Conditions"]
        if "HttpHeaderConfig" in one
    ]
    assert (asked["HttpHeaderName"], added["value"] in asked["Values"]) == (header, True)


@pytest.mark.proves("S3-12")
def test_ecs_does_for_the_servers_what_pm2_does(production: System) -> None:
    """Manages processes, restarts them and keeps their logs."""
    server = container(production)
    assert server["essential"] is True
    # Something that is process 1, hands signals on and waits half a minute for requests in flight.
    assert (server["linuxParameters"]["initProcessEnabled"], server["stopTimeout"]) == (True, 30)
    # ECS starts a new task for each that ended or did not answer three times.
    assert (service(production)["schedulingStrategy"], service(production)["desiredCount"]) == ("REPLICA", 3)
    group = target_group(production)
    assert group["UnhealthyThresholdCount"] * group["HealthCheckIntervalSeconds"] == 90
    log = server["logConfiguration"]
    assert (log["logDriver"], log["options"]["awslogs-group"]) == ("awslogs", "/ecs/next-prod-web")
    [kept] = production.client("logs").describe_log_groups(logGroupNamePrefix="/ecs/next-prod-web")[
        "logGroups"
    ]
    assert kept["retentionInDays"] == 365


@pytest.mark.proves("S3-25")
def test_five_hundred_users_find_room(production: System) -> None:
    """With the document's own figures, and the assumption that each of them asks once a second."""
    users, share_kept, query_seconds = 500, 0.8, 0.1
    connections = users * (1 - share_kept) * query_seconds
    pool = int(told(production)["DATABASE_POOL_SIZE"])
    assert connections <= 3 * pool
    # However many servers there will be, PostgreSQL has connections for their pools.
    [target] = production.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")[
        "ScalableTargets"
    ]
    assert target["MaxCapacity"] > 3
    name = production.client("rds").describe_db_proxies()["DBProxies"][0]["DBProxyName"]
    [shared] = production.client("rds").describe_db_proxy_target_groups(DBProxyName=name)["TargetGroups"]
    limit = production.inputs("aws:rds/parameterGroup:ParameterGroup")["next-prod-database-postgres16"]
    accepted = {one["name"]: one["value"] for one in limit["parameters"]}["max_connections"]
    share = shared["ConnectionPoolConfig"]["MaxConnectionsPercent"] / 100
    assert target["MaxCapacity"] * pool <= int(accepted) * share
    # The edge does not take such a user for an attack.
    counted = rules(production, "rates")["rate-everything"]["ratelimit"]
    assert counted["requestsPerPeriod"] / counted["period"] >= 1
    # What a load test is to bring.
    assert production.outputs["promises"]["concurrent_users"] == 500
