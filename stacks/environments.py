"""What dev, staging and production mean, as data: every value with its reason."""

from dataclasses import dataclass
from typing import Any, Literal

Environment = Literal["dev", "staging", "production"]
ENVIRONMENTS: tuple[Environment, ...] = ("dev", "staging", "production")


def pick(environment: Environment, *, dev: Any, staging: Any, production: Any) -> Any:
    """The one of three values that is `environment`'s."""
    return {"dev": dev, "staging": staging, "production": production}[environment]


@dataclass(frozen=True)
class Choice:
    """One setting with its value per environment, and why they differ (or do not)."""

    path: str
    dev: Any
    staging: Any
    production: Any
    why: str

    def value(self, environment: Environment) -> Any:
        """The value in `environment`."""
        return pick(environment, dev=self.dev, staging=self.staging, production=self.production)


def _same(path: str, value: Any, why: str) -> Choice:
    return Choice(path, value, value, value, why)


CHOICES: tuple[Choice, ...] = (
    # network
    _same("network.az_count", 3,
          "Three zones everywhere, so that subnets, groups and failover are the tested ones."),
    Choice("network.nat", "single", "single", "per_az",
           "A lost zone may stop tests but not customers; each further NAT gateway costs by the hour."),
    # edge and gateway
    Choice("edge.price_class", "PriceClass_100", "PriceClass_100", "PriceClass_All",
           "Only customers are everywhere; testers are few."),
    Choice("edge.static_ttl_seconds", 300, 86400, 86400,
           "A developer wants to see a change soon; staging must behave like production."),
    Choice("edge.rate_limit_per_5_minutes", 10000, 2000, 2000,
           "Load tests and shared office addresses must not lock developers out."),
    Choice("gateway.deregistration_seconds", 5, 30, 30,
           "Nobody waits for requests in flight in dev; elsewhere they finish."),
    # service
    Choice("services.*.cpu", 256, 512, 1024,
           "The smallest task in dev; half of production where load is synthetic."),
    Choice("services.*.memory", 512, 1024, 2048,
           "Twice the CPU units: what a Node.js server needs, and a legal pair."),
    Choice("services.*.desired_count", 1, 2, 3,
           "One task; two, to see what breaks when there are two; one per zone."),
    Choice("services.*.scaling", None,
           {"min": 2, "max": 4, "cpu_percent": 70, "memory_percent": 75},
           {"min": 3, "max": 12, "cpu_percent": 70, "memory_percent": 75},
           "Dev needs no scaling; staging scales so that scaling is tested; production grows fourfold."),
    Choice("services.*.spot_share_percent", 100, 0, 0,
           "An interruption in dev costs a minute and saves most of the price; staging must behave like "
           "production."),
    # application
    Choice("application.log_level", "debug", "info", "info",
           "Verbose where people debug; staging logs what production logs."),
    _same("services.*.connection_pool_size", 10,
          "The same pool, so that its limits are met before production meets them."),
    # database
    Choice("database.instance_class", "db.t4g.micro", "db.t4g.medium", "db.m7g.large",
           "Smallest; burstable but with the same architecture; steady performance for customers."),
    Choice("database.storage_gb", 20, 50, 100, "The smallest that gp3 has; a sample of the data; the data."),
    Choice("database.max_storage_gb", 50, 100, 500,
           "Room to grow, and a ceiling on what a runaway table costs."),
    Choice("database.multi_az", False, True, True,
           "Failover is promised in production and tested in staging."),
    Choice("database.replicas", 0, 1, 2,
           "Production reads from one replica in each further zone; staging has one, so that replica "
           "reads, lag "
           "alarms and replica-legal credentials are exercised before production."),
    Choice("database.backup_retention_days", 0, 7, 30,
           "Dev data can be rebuilt; staging backups exist to test restoring; production keeps a month."),
    Choice("database.rotation_days", None, 30, 30,
           "A password that leaked is worth a month at most; dev has none worth stealing."),
    Choice("database.apply_immediately", True, True, False,
           "A deployment should show what it does, but customers are not interrupted outside of the window."),
    Choice("database.final_snapshot", False, False, True, "Only customers' data deserves a last copy."),
    Choice("database.max_connections", 80, 200, 400,
           "Below what the memory of the instance class allows, above the largest number of tasks times "
           "pool size."),
    Choice("database.performance_insights", False, True, True, "Full monitoring outside dev."),
    Choice("database.monitoring_interval_seconds", 0, 60, 60, "Full monitoring outside dev."),
    Choice("database.log_retention_days", 7, 30, 90, "As long as somebody may still ask about it."),
    # cache
    Choice("cache.node_type", "cache.t4g.micro", "cache.t4g.small", "cache.m7g.large",
           "As for the database."),
    Choice("cache.replicas", 0, 1, 2,
           "One node in dev; failover tested in staging; one node per zone in production."),
    Choice("cache.automatic_failover", False, True, True, "Follows the replicas."),
    Choice("cache.multi_az", False, True, True, "Follows the replicas."),
    Choice("cache.snapshot_retention_days", 0, 1, 7,
           "A cache can be rebuilt; sessions in production are worth a week."),
    Choice("cache.log_retention_days", 7, 30, 90, "As for the database."),
    # storage and secrets
    Choice("storage.noncurrent_days", 7, 30, 90, "How long somebody may need to notice a wrong deletion."),
    Choice("storage.access_log_days", 30, 90, 365,
           "A year of access logs for customers' data; less where there is none."),
    Choice("storage.force_destroy", True, True, False,
           "Test environments come and go; customers' files do not."),
    Choice("secrets.recovery_window_days", 0, 7, 30,
           "A deleted name stays taken while it can be recovered, which would block rebuilding dev."),
    # alarms and logs
    Choice("alarms.level", "basic", "full", "full", "Basic monitoring in dev, full monitoring elsewhere."),
    Choice("logs.application_days", 7, 30, 365, "As long as somebody may still ask about it."),
    Choice("logs.network_days", 7, 30, 365, "An investigation in production looks back far."),
    Choice("logs.firewall_days", 7, 30, 90, "Long enough to tune rules; the access logs stay longer."),
    _same("logs.audit_days", 90, "Who did what is asked for months later, in whatever environment."),
    # backups
    Choice("backup.plan", False, True, True,
           "Dev has no backups; staging has them so that restoring them is tested."),
    Choice("backup.restore_test", False, True, True,
           "A backup that was never restored is a hope."),
    # watching
    Choice("alarms.container_insights", False, True, True,
           "CloudWatch's metrics per task are charged by metric: full monitoring outside dev."),
    Choice("watching.uptime_check", False, False, True, "Only customers are owed an uptime."),
    Choice("audit.trail", False, False, True,
           "Five trails are all that a region of an account may have; what counts is who touched production."),
    Choice("ci.approval", False, False, True, "A person lets a deployment pass before it meets customers."),
    # protection
    Choice("protection.enabled", False, False, True,
           "Production is deleted on purpose only; the others must be easy to rebuild."),
)  # fmt: skip


def defaults(environment: Environment) -> dict[str, Any]:
    """The settings of `environment` as a nested dict, before a system adds its own."""
    nested: dict[str, Any] = {}
    for choice in CHOICES:
        *sections, key = choice.path.split(".")
        inner = nested
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[key] = choice.value(environment)
    return nested
