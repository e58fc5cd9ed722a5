"""Who notices what in whole stacks: thresholds, topics, names, promises, logs, the view from outside, the dashboard."""

from typing import Any

import pytest

from stacks.parts.lookouts import unheard
from tests.stacks.settings.loading import loaded
from tests.stacks.watched import Watched, watched

SEVERAL: dict[str, Any] = {
    "alarms": {
        "critical_emails": ["oncall@yourproject.com"],
        "warning_emails": ["team@yourproject.com"],
        "escalation": {"emails": ["head@yourproject.com"], "after_minutes": 45},
    },
    "watching": {"canary": {"path": "/api/health", "every_minutes": 10}},
    "logs": {"mask_personal_data": True},
    "ci": {"repository": "acme/platform"},
}
PAGER = "https://events.pagerduty.com/integration/x/enqueue"


def learning() -> Watched:
    return watched("learning-assistant-production")


def several() -> Watched:
    """Two services behind one gateway, in Europe."""
    return watched("api-platform-production", SEVERAL, "eu-west-1", PAGER)


def promising() -> Watched:
    """Its backups are locked for `test_keep`, so that it is made once."""
    return watched("scalable-next-production", {"backup": {"lock": "governance"}})


def test_full_alarms_without_an_address_warn() -> None:
    assert unheard(loaded("production")) == (
        "alarms.critical_emails is empty: the critical alarms of this environment reach nobody. "
        "Fix: list addresses below plinth:overrides"
    )


PAGED = "arn:aws:secretsmanager:us-east-1:123456789012:secret:pager-AbCdEf"


@pytest.mark.parametrize(
    ("stack", "alarms"),
    [
        ("dev", {}),
        ("production", {"critical_emails": ["oncall@learning-assistant.app"]}),
        ("production", {"pager_secret_arn": PAGED}),
    ],
    ids=["basic", "heard", "paged"],
)
def test_no_warning(stack: str, alarms: dict[str, Any]) -> None:
    assert unheard(loaded(stack, {"alarms": alarms})) is None


def test_one_service_keeps_the_names_of_its_gateway() -> None:
    names = [name for name in learning().alarms() if name.startswith("gateway-") and "-burn-" not in name]
    assert sorted(names) == [
        "gateway-error-rate-critical",
        "gateway-error-rate-warning",
        "gateway-latency-p95-critical",
        "gateway-latency-p95-warning",
        "gateway-no-healthy-target",
        "gateway-unhealthy-targets",
        "gateway-unusual-latency",
        "gateway-unusual-requests",
    ]


@pytest.mark.proves("S1-67")
def test_one_incident_pages_once_and_what_is_unusual_is_told() -> None:
    composites = {one["AlarmName"]: one for one in learning().answers["composites"]}
    incident = composites["la-prod-alarms-incident"]
    assert 'ALARM("la-prod-gateway-error-rate-critical")' in incident["AlarmRule"]
    assert 'ALARM("la-prod-uptime-down")' in incident["AlarmRule"]
    assert 'ALARM("la-prod-gateway-availability-burn-1h")' in incident["AlarmRule"]
    assert learning().alarm("gateway-error-rate-critical")["AlarmActions"] == []
    assert learning().tells("gateway-unusual-requests") == ["warning"]


def test_several_services_have_alarms_of_their_own_beside_those_of_all() -> None:
    names = set(several().alarms())
    assert {"gateway-error-rate-critical", "gateway-latency-p95-warning"} <= names
    for service in ("api", "auth"):
        assert {
            f"gateway-{service}-error-rate-critical",
            f"gateway-{service}-latency-p95-warning",
            f"gateway-{service}-no-healthy-target",
            f"{service}-cpu",
            f"{service}-errors-logged",
        } <= names
    assert "gateway-no-healthy-target" not in names


@pytest.mark.proves("S2-29")
def test_logged_errors_are_told_from_the_number_that_the_settings_say() -> None:
    alarm = several().alarm("auth-errors-logged")
    assert (alarm["Threshold"], alarm["Period"]) == (5, 60)
    assert several().tells("auth-errors-logged") == ["warning"]


@pytest.mark.proves("S4-35")
def test_who_is_told_and_how() -> None:
    told = {
        (one["TopicArn"].rpartition("-alarms-")[2].split("-")[0], one["Protocol"], one["Endpoint"])
        for one in several().answers["subscriptions"]
        if "-alarms-" in one["TopicArn"]
    }
    assert told == {
        ("critical", "email", "oncall@yourproject.com"),
        ("critical", "https", PAGER),
        ("warning", "email", "team@yourproject.com"),
        ("escalated", "email", "head@yourproject.com"),
    }


def test_an_alarm_that_nobody_ends_reaches_somebody_else() -> None:
    late = several().alarm("gateway-latency-p95-critical-unresolved")
    assert late["EvaluationPeriods"] * late["Period"] == 45 * 60
    assert several().tells("gateway-latency-p95-critical-unresolved") == ["escalated"]


@pytest.mark.proves("S4-35")
def test_rds_wakes_somebody_for_a_failover_and_nobody_for_maintenance() -> None:
    told = {
        one["CustSubscriptionId"].removeprefix("la-prod-database-").rpartition("-")[0]: (
            one["SnsTopicArn"].rpartition("-alarms-")[2].split("-")[0],
            one["EventCategoriesList"],
        )
        for one in learning().answers["messages of databases"]
    }
    assert told == {
        "urgent-events": ("critical", ["availability", "failover", "failure", "low storage"]),
        "calm-events": ("warning", ["maintenance", "read replica", "recovery"]),
    }


@pytest.mark.proves("S4-33", "S4-34", "S4-36", "S4-37")
@pytest.mark.parametrize(
    ("name", "threshold", "severity"),
    [
        ("gateway-error-rate-critical", 5, "critical"),
        ("gateway-latency-p95-critical", 2, "critical"),
        ("gateway-error-rate-warning", 1, "warning"),
        ("gateway-latency-p95-warning", 1, "warning"),
    ],
)
def test_thresholds_of_answers(name: str, threshold: float, severity: str) -> None:
    alarm = promising().alarm(name)
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (threshold, "GreaterThanThreshold")
    assert promising().tells(name) == [severity]


@pytest.mark.proves("S3-28")
def test_thresholds_of_use_are_the_settings_own() -> None:
    assert promising().alarm("web-cpu")["Threshold"] == 70
    assert promising().alarm("web-memory")["Threshold"] == 80
    assert promising().alarm("database-primary-cpu")["Threshold"] == 70


@pytest.mark.proves("S3-22", "S3-23", "S3-26", "S3-27")
def test_promises_have_alarms_of_their_own() -> None:
    stack = promising()
    latency = stack.alarm("gateway-slo-latency-p95")
    assert (latency["ExtendedStatistic"], latency["Threshold"]) == ("p95", 0.2)
    assert stack.alarm("gateway-slo-error-rate")["Threshold"] == 0.1
    queries = stack.alarm("web-query-ms-slo-p95")
    assert (queries["ExtendedStatistic"], queries["Threshold"]) == ("p95", 100)
    hits = [name for name in stack.alarms() if name.endswith("-hit-rate")]
    assert len(hits) == 6
    assert {stack.alarm(name)["Threshold"] for name in hits} == {80}
    for name in ("gateway-slo-latency-p95", "gateway-slo-error-rate", "web-query-ms-slo-p95", *hits):
        assert stack.tells(name) == ["warning"]


@pytest.mark.proves("S3-24")
def test_what_is_promised_of_availability_is_watched_as_it_is_spent() -> None:
    burns = [one["AlarmName"] for one in promising().answers["composites"]]
    assert sorted(burns) == [
        "next-prod-gateway-availability-burn-1h",
        "next-prod-gateway-availability-burn-24h",
        "next-prod-gateway-availability-burn-6h",
    ]
    assert promising().alarm("gateway-availability-burn-1h-long")["Threshold"] == 1.44


def test_load_tests_read_what_is_promised() -> None:
    assert promising().outputs["promises"] == {
        "availability_percent": 99.9,
        "latency_seconds": 0.2,
        "error_rate_percent": 0.1,
        "database_query_milliseconds": 100,
        "cache_hit_percent": 80,
        "concurrent_users": 500,
    }


@pytest.mark.proves("S2-42")
def test_an_average_is_promised_for_all_services_together() -> None:
    alarm = several().alarm("gateway-slo-latency-average")
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Average", 0.2)
    assert [one["Name"] for one in alarm["Dimensions"]] == ["LoadBalancer"]


@pytest.mark.proves("S2-09", "S2-30", "S3-24")
def test_route_53_asks_for_the_health_of_the_default_service() -> None:
    checks = [one["HealthCheckConfig"] for one in learning().answers["checks"]]
    [check] = [one for one in checks if one["FullyQualifiedDomainName"] == "learning-assistant.app"]
    assert (check["Type"], check["ResourcePath"], check["RequestInterval"]) == ("HTTPS", "/api/health", 30)
    assert len(check["Regions"]) >= 3


def test_elsewhere_its_alarm_and_topics_are_in_us_east_1() -> None:
    assert "uptime-down" not in several().alarms()
    alarm, late = sorted(several().far["alarms"], key=lambda one: str(one["AlarmName"]))
    assert (alarm["AlarmName"], late["AlarmName"]) == (
        "api-prod-uptime-down",
        "api-prod-uptime-down-unresolved",
    )
    assert alarm["AlarmActions"][0].startswith("arn:aws:sns:us-east-1:")
    people = {one["Endpoint"] for one in several().far["subscriptions"] if "-critical-" in one["TopicArn"]}
    assert people == {"oncall@yourproject.com", PAGER}


def test_a_canary_looks_as_often_as_told() -> None:
    [canary] = several().answers["canaries"]
    assert canary["Schedule"]["Expression"] == "rate(10 minutes)"
    assert several().tells("canary-fails") == ["critical"]


@pytest.mark.proves("S2-33", "S2-34")
def test_the_audit_log_and_the_searches() -> None:
    groups = {one["logGroupName"]: one.get("retentionInDays") for one in several().answers["groups"]}
    assert groups["/api-platform/production/audit"] == 90
    found = {one["name"]: one["logGroupNames"] for one in several().answers["searches"]}
    assert sorted(found) == [
        "api-prod/audit by user",
        "api-prod/endpoints",
        "api-prod/errors",
        "api-prod/slow requests",
    ]
    assert len(found["api-prod/errors"]) == 2
    assert found["api-prod/audit by user"] == ["/api-platform/production/audit"]


def test_every_service_s_log_is_masked() -> None:
    assert sorted(several().of("cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy")) == [
        "api-log-masking",
        "auth-log-masking",
    ]


TEN = (
    "Requests and 5xx answers",
    "Response time, seconds",
    "Error rate, percent",
    "Database queries, milliseconds",
    "Reads that found their key, percent",
    "CPU, percent",
    "Memory, percent",
    "Disk operations per second",
    "Network traffic, bytes per second",
    "Connections",
)


@pytest.mark.proves("S0-83", "S1-65", "S2-28", "S4-08", "S4-32")
def test_the_dashboard_shows_the_ten_things() -> None:
    assert set(TEN) <= set(learning().widgets())


def test_the_dashboard_s_sections_from_top_to_bottom() -> None:
    assert [title for title in several().widgets() if title.startswith("##")] == [
        "## api-prod-alarms",
        "## api-prod-uptime",
        "## api-prod-canary",
        "## api-prod-gateway",
        "## api-prod-gateway-api",
        "## api-prod-gateway-auth",
        "## api-prod-api",
        "## api-prod-api, the product",
        "## api-prod-auth",
        "## api-prod-database",
        "## api-prod-cache",
    ]


@pytest.mark.proves("S1-43")
def test_dev_has_only_what_it_asks_for() -> None:
    dev = watched("learning-assistant-dev")
    assert sorted(dev.alarms()) == [
        "gateway-error-rate-critical",
        "gateway-error-rate-warning",
        "gateway-latency-p95-critical",
        "gateway-latency-p95-warning",
        "gateway-no-healthy-target",
        "gateway-unhealthy-targets",
        "web-cpu",
        "web-memory",
    ]
    nothing = (
        "checks",
        "canaries",
        "searches",
        "plans",
        "vaults",
        "trails",
        "budgets",
        "messages of databases",
    )
    assert {what: dev.answers[what] for what in nothing} == {what: [] for what in nothing}
