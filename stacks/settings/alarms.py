from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import Email, SecretArn
from stacks.settings.section import Section


class Escalation(Section):
    """Who hears of a critical alarm that nobody has ended."""

    after_minutes: int = setting(
        "How long it fires before", example=30, unit="minutes", gt=5, le=1440, default=30
    )
    emails: tuple[Email, ...] = setting("Who is told", example=["head@learning-assistant.app"], min_length=1)


class Alarms(Section):
    """Who hears of what, and from which value on."""

    level: Literal["basic", "full"] = setting(
        "basic: load balancer and services; full: database, cache and backups as well", example="full"
    )
    container_insights: bool = setting("CloudWatch's metrics per task, charged by metric", example=True)
    critical_emails: tuple[Email, ...] = setting(
        "Who is woken", example=["oncall@learning-assistant.app"], default=()
    )
    warning_emails: tuple[Email, ...] = setting(
        "Who reads it in the morning", example=["team@learning-assistant.app"], default=()
    )
    pager_secret_arn: SecretArn | None = setting(
        "Secret that holds the HTTPS address of a pager service (PagerDuty, Opsgenie), which critical alarms call",
        example="arn:aws:secretsmanager:us-east-1:123456789012:secret:pager-AbCdEf",
        default=None,
    )
    escalation: Escalation | None = setting(
        "Whom a critical alarm reaches that goes on; null: nobody more",
        example={"emails": ["head@learning-assistant.app"]},
        default=None,
    )
    one_page_per_incident: bool = setting(
        "Whether all critical alarms page through one composite alarm instead of each by itself",
        example=True,
        default=False,
    )
    unusual_traffic: bool = setting(
        "Whether requests and latency that leave what CloudWatch learnt of them are told",
        example=True,
        default=False,
    )
    error_rate_critical_percent: float = setting(
        "Share of failed requests", example=5, unit="percent", gt=0, le=100, default=5
    )
    error_rate_warning_percent: float = setting(
        "Share of failed requests", example=1, unit="percent", gt=0, le=100, default=1
    )
    latency_p95_critical_seconds: float = setting(
        "Response time that 95 of 100 requests stay below", example=2, unit="seconds", gt=0, default=2
    )
    latency_p95_warning_seconds: float = setting(
        "Response time that 95 of 100 requests stay below", example=1, unit="seconds", gt=0, default=1
    )
    cpu_percent: float = setting(
        "CPU of tasks, database, cache", example=80, unit="percent", gt=0, le=100, default=80
    )
    memory_percent: float = setting(
        "Memory of tasks and cache", example=80, unit="percent", gt=0, le=100, default=80
    )
    replica_lag_seconds: float = setting(
        "How far a read replica is behind", example=10, unit="seconds", gt=0, default=10
    )
    free_storage_percent: float = setting(
        "Free storage of the database", example=15, unit="percent", gt=0, lt=100, default=15
    )
    connections_percent: float = setting(
        "Used share of database.max_connections", example=80, unit="percent", gt=0, le=100, default=80
    )
    cache_evictions_per_minute: float = setting(
        "Entries that the cache drops for lack of memory",
        example=100,
        unit="entries per minute",
        gt=0,
        default=100,
    )
    logged_errors_per_minute: float | None = setting(
        "Lines with ERROR, CRITICAL or FATAL in a service's log; null: not told",
        example=5,
        unit="lines per minute",
        ge=0,
        default=None,
    )
