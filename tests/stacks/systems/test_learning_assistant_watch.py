"""Who watches the Learning Assistant and who may do what, held against its document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stacks.systems.standing import System, standing

ACCOUNT = "123456789012"
# What AWS knows no resources for: looking at load balancers, logging in to the registry, the agents of X-Ray and SSM.
# Per general knowledge of the service authorization reference, not read again.
WITHOUT_RESOURCE = (
    "elasticloadbalancing:Describe",
    "ecr:GetAuthorizationToken",
    "xray:",
    "ssm",
    "ec2messages:",
)


@pytest.fixture
def production() -> System:
    return standing("learning-assistant-production")


@pytest.mark.proves("S1-11", "S1-05")
def test_the_firewall_stops_floods_bad_addresses_and_known_attacks(production: System) -> None:
    firewall = production.client("wafv2")
    [acl] = firewall.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    found = firewall.get_web_acl(Scope="CLOUDFRONT", Name=acl["Name"], Id=acl["Id"])["WebACL"]["Rules"]
    rules = {rule["Name"]: rule for rule in found}
    flood = rules["rate-limit"]["Statement"]["RateBasedStatement"]
    assert (flood["Limit"], flood["EvaluationWindowSec"], flood["AggregateKeyType"]) == (2000, 300, "IP")
    assert "Block" in rules["rate-limit"]["Action"]
    managed = {rule["Statement"]["ManagedRuleGroupStatement"]["Name"] for rule in found[1:]}
    assert managed == {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    }
    # None of them only counts.
    assert [rule["OverrideAction"] for rule in found[1:]] == [{"None": {}}] * 3


@pytest.mark.proves("S1-05", "S1-10")
def test_https_all_the_way_by_certificates_that_renew_themselves(production: System) -> None:
    """CloudFront speaks TLS 1.2 to its origins; whoever speaks 1.3 gets it."""
    config = production.client("cloudfront").get_distribution(Id=production.outputs["distribution_id"])
    edge = config["Distribution"]["DistributionConfig"]
    behaviours = [edge["DefaultCacheBehavior"], *edge["CacheBehaviors"]["Items"]]
    assert {one["ViewerProtocolPolicy"] for one in behaviours} == {"redirect-to-https"}
    [origin] = edge["Origins"]["Items"]
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    http, https = _listeners(production)
    assert (http["Protocol"], http["DefaultActions"][0]["RedirectConfig"]["StatusCode"]) == (
        "HTTP",
        "HTTP_301",
    )
    groups = production.client("elbv2").describe_target_groups()["TargetGroups"]
    assert {(one["Protocol"], one["HealthCheckProtocol"]) for one in groups} == {("HTTPS", "HTTPS")}
    [policy] = production.client("elbv2").describe_ssl_policies(Names=[https["SslPolicy"]])["SslPolicies"]
    assert set(policy["SslProtocols"]) == {"TLSv1.2", "TLSv1.3"}
    [arn] = [one["CertificateArn"] for one in https["Certificates"]]
    assert edge["ViewerCertificate"]["ACMCertificateArn"] == arn
    certificate = production.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
    assert (certificate["Status"], certificate["Type"]) == ("ISSUED", "AMAZON_ISSUED")
    # ACM renews what DNS goes on proving.
    proofs = [one["ResourceRecord"]["Name"] for one in certificate["DomainValidationOptions"]]
    records = production.client("route53").list_resource_record_sets(
        HostedZoneId=production.outputs["zone_id"]
    )
    assert set(proofs) <= {one["Name"] for one in records["ResourceRecordSets"]}


@pytest.mark.proves("S1-40")
def test_every_role_may_what_it_must_and_no_more(production: System) -> None:
    iam = production.client("iam")
    for role in iam.list_roles()["Roles"]:
        for statement in _statements(iam, role["RoleName"]):
            assert not [action for action in statement["Action"] if action.endswith(":*") or action == "*"]
            if "*" in statement["Resource"]:
                assert [one for one in statement["Action"] if not one.startswith(WITHOUT_RESOURCE)] == []
        for trusted in role["AssumeRolePolicyDocument"]["Statement"]:
            # Services only: no person and no other account.
            assert set(trusted["Principal"]) == {"Service"}


@pytest.mark.proves("S1-40", "S1-44")
@pytest.mark.parametrize(("environment", "prefix"), [("staging", "la-stg"), ("production", "la-prod")])
def test_the_application_reaches_its_own_environment_only(environment: str, prefix: str) -> None:
    system = standing(f"learning-assistant-{environment}")
    iam = system.client("iam")
    [task] = [
        one["RoleName"]
        for one in iam.list_roles()["Roles"]
        if one["RoleName"].startswith(f"{prefix}-web-task")
    ]
    named = {
        resource.split(":", 5)[5]
        for statement in _statements(iam, task)
        for resource in statement["Resource"]
        if resource != "*" and ":kms:" not in resource
    }
    own = (prefix, f"log-group:/learning-assistant/{environment}/", "identity/")
    assert named
    assert [resource for resource in named if not resource.startswith(own)] == []


@pytest.mark.proves("S1-42")
def test_whoever_comes_or_changes_something_is_written_down(production: System) -> None:
    [trail] = production.client("cloudtrail").describe_trails()["trailList"]
    assert (trail["IsMultiRegionTrail"], trail["LogFileValidationEnabled"]) == (True, True)
    assert production.client("cloudtrail").get_trail_status(Name=trail["TrailARN"])["IsLogging"] is True
    [flow] = production.client("ec2").describe_flow_logs()["FlowLogs"]
    assert (flow["ResourceId"], flow["TrafficType"]) == (production.outputs["vpc_id"], "ALL")
    [balancer] = production.client("elbv2").describe_load_balancers()["LoadBalancers"]
    attributes = production.client("elbv2").describe_load_balancer_attributes(
        LoadBalancerArn=balancer["LoadBalancerArn"]
    )["Attributes"]
    said = {one["Key"]: one["Value"] for one in attributes}
    assert said["access_logs.s3.enabled"] == "true"
    logging = production.client("s3").get_bucket_logging(Bucket=production.outputs["upload_bucket"])
    assert logging["LoggingEnabled"]["TargetBucket"] == said["access_logs.s3.bucket"]
    config = production.client("cloudfront").get_distribution(Id=production.outputs["distribution_id"])
    edge = config["Distribution"]["DistributionConfig"]["Logging"]
    assert (edge["Enabled"], edge["Bucket"].split(".")[0]) == (True, said["access_logs.s3.bucket"])


@pytest.mark.proves("S1-06")
def test_costs_are_limited_and_unusual_ones_told(production: System) -> None:
    [budget] = production.client("budgets").describe_budgets(AccountId=ACCOUNT)["Budgets"]
    assert (budget["TimeUnit"], budget["BudgetType"]) == ("MONTHLY", "COST")
    assert budget["CostFilters"] == {"TagKeyValue": ["user:Stack$learning-assistant-production"]}
    [unusual] = production.client("ce").get_anomaly_monitors()["AnomalyMonitors"]
    assert unusual["MonitorSpecification"]["Tags"]["Values"] == ["learning-assistant-production"]


@pytest.mark.proves("S1-22", "S1-66")
def test_logs_of_every_source_are_in_one_place_and_end(production: System) -> None:
    groups = production.client("logs").describe_log_groups()["logGroups"]
    kept = {group["logGroupName"]: group.get("retentionInDays") for group in groups}
    sources = (
        "/ecs/",
        "/aws/rds/instance/",
        "/aws/elasticache/",
        "/la-prod-network/",
        "aws-waf-logs-",
        "/audit/",
    )
    for source in sources:
        assert [name for name in kept if name.startswith(source)], source
    assert None not in kept.values()
    searches = production.inputs("aws:cloudwatch/queryDefinition:QueryDefinition")
    # Structured: fields of JSON lines are asked for by their names.
    errors = searches["la-prod-observability-search-errors"]
    assert errors["logGroupNames"] == [production.outputs["log_groups"]["web"]]
    assert "level in ['error', 'critical', 'fatal']" in errors["queryString"]


@pytest.mark.proves("S1-23")
def test_requests_are_traced_by_a_collector_beside_each_task(production: System) -> None:
    [task] = production.inputs("aws:ecs/taskDefinition:TaskDefinition").values()
    containers = {one["name"]: one for one in json.loads(task["containerDefinitions"])}
    told = {one["name"]: one["value"] for one in containers["app"]["environment"]}
    assert told["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://localhost:4317"
    # A request must not fail because nobody watches it.
    assert containers["tracing"]["essential"] is False
    rules = production.inputs("aws:xray/samplingRule:SamplingRule")
    assert rules["la-prod-tracing"]["fixedRate"] == float(told["OTEL_TRACES_SAMPLER_ARG"])
    assert rules["la-prod-tracing"]["serviceName"] == told["OTEL_SERVICE_NAME"]


@pytest.mark.proves("S1-65", "S1-21")
def test_the_dashboard_shows_the_documents_four_kinds_of_figures(production: System) -> None:
    body = production.client("cloudwatch").get_dashboard(DashboardName=production.outputs["dashboard_name"])
    shown: dict[str, set[str]] = {}
    for widget in json.loads(body["DashboardBody"])["widgets"]:
        for line in widget["properties"].get("metrics", []):
            if isinstance(line[0], str):
                shown.setdefault(line[0], set()).add(line[1])
    # Infrastructure: CPU, memory, disk and network.
    assert {"CPUUtilization", "MemoryUtilization"} <= shown["AWS/ECS"]
    assert {"ReadIOPS", "WriteIOPS", "FreeStorageSpace"} <= shown["AWS/RDS"]
    assert {"NetworkRxBytes", "NetworkTxBytes"} <= shown["ECS/ContainerInsights"]
    # Application: request rate, error rate and latency.
    counted = {"RequestCount", "HTTPCode_Target_5XX_Count", "TargetResponseTime"}
    assert counted <= shown["AWS/ApplicationELB"]
    # Business: user activity and the use of features; and what is measured for this application only.
    own = {f"la-prod-web-{name}" for name in ("active-learners", "feature-uses", "query-ms", "errors")}
    assert own <= shown["learning-assistant/production"]
    filters = production.client("logs").describe_metric_filters(
        logGroupName=production.outputs["log_groups"]["web"]
    )["metricFilters"]
    made = {one["metricName"] for each in filters for one in each["metricTransformations"]}
    assert own <= made


@pytest.mark.proves("S1-21", "S1-67")
def test_alarms_have_thresholds_know_what_is_usual_and_page_once(production: System) -> None:
    watched = production.client("cloudwatch").describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    alarms = {one["AlarmName"]: one for one in watched["MetricAlarms"]}
    assert alarms["la-prod-web-cpu"]["Threshold"] == 80
    assert alarms["la-prod-web-cpu"]["AlarmActions"] == [production.outputs["warning_topic_arn"]]
    learnt = alarms["la-prod-gateway-unusual-requests"]
    assert learnt["ComparisonOperator"] == "LessThanLowerOrGreaterThanUpperThreshold"
    bands = [one["Expression"] for one in learnt["Metrics"] if one["Id"] == learnt["ThresholdMetricId"]]
    assert bands == ["ANOMALY_DETECTION_BAND(watched, 3)"]
    composite = {one["AlarmName"]: one for one in watched["CompositeAlarms"]}
    incident = composite["la-prod-alarms-incident"]
    assert incident["AlarmActions"] == [production.outputs["critical_topic_arn"]]
    assert 'ALARM("la-prod-gateway-no-healthy-target")' in incident["AlarmRule"]
    # It pages in their place.
    assert alarms["la-prod-gateway-no-healthy-target"]["AlarmActions"] == []


def _listeners(system: System) -> list[dict[str, Any]]:
    """By their ports."""
    balancers = system.client("elbv2")
    [balancer] = balancers.describe_load_balancers()["LoadBalancers"]
    found = balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    return sorted(found, key=lambda listener: int(listener["Port"]))


def _statements(iam: Any, role: str) -> Iterator[dict[str, list[str]]]:
    """What its own policies allow, with actions and resources as lists."""
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for statement in document["Statement"]:
            yield {key: _listed(statement[key]) for key in ("Action", "Resource")}


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
