"""The API platform: an API and its authentication service over a MySQL cluster, in two regions."""

from typing import Any

from stacks.environments import Environment, pick

# The document's own placeholder; each environment has a zone of its own, delegated from it.
DOMAIN = "yourproject.com"
ZONES = {"dev": f"api-dev.{DOMAIN}", "staging": f"api-staging.{DOMAIN}", "production": f"api.{DOMAIN}"}

CIDRS = {"dev": "10.30.0.0/16", "staging": "10.31.0.0/16", "production": "10.32.0.0/16"}

# How the document wants the application to find its database.
PRODUCTION_VARIABLES = {
    "PROD_DB_HOST": "DATABASE_HOST",
    "PROD_DB_PORT": "DATABASE_PORT",
    "PROD_DB_NAME": "DATABASE_NAME",
    "PROD_DB_USERNAME": "DATABASE_USERNAME",
    "PROD_DB_PASSWORD": "DATABASE_PASSWORD",
}

# A cluster of a writer and two readable standbys, because a Multi-AZ instance may take two minutes to fail over.
CLUSTER = {
    "failover_seconds": 60,
    "instance_class": "db.m6gd.large",
    "storage_gb": 200,
    "max_storage_gb": 200,
    "replicas": 0,
}

# The first of January, April, July and October, at 9:00 UTC.
EVERY_QUARTER = "cron(0 9 1 1,4,7,10 ? *)"

# Not the vault: a backup of a Multi-AZ DB cluster cannot be copied, and nothing follows it in another region. What
# outlives the region is the nightly dump; files are there within a quarter of an hour.
SECOND_REGION = {
    "second": "us-west-2",
    "standby": True,
    "uploads": True,
    "uploads_time_control": True,
    "secrets": True,
    "dumps": True,
}

# A restore is rehearsed every quarter, as the document has it; the readers, who serve nobody's writes, are dumped.
PRODUCTION_BACKUP = {"restore_test_cron": EVERY_QUARTER, "dump": {"source": "replica"}}

# The highest number that AWS WAF takes: no limit.
UNLIMITED = 2_000_000_000

# An API is no page: nothing may frame it, and nothing but its own may be loaded.
HEADERS = {
    "frame": "DENY",
    "content_security_policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
    "override": True,
}

# What the document wants to see of users and files, from the API's log.
NUMBERS = {
    "active-users": {"field": "active_users", "title": "Active users", "statistic": "Maximum"},
    "sign-ins": {"field": "sign_ins", "title": "Sign-ins", "statistic": "Sum"},
    "upload-ms": {"field": "upload_ms", "title": "File uploads, milliseconds", "promised": 500},
}


def settings(environment: Environment) -> dict[str, Any]:
    """What the API platform adds to what the environment already says."""
    return {
        "short_name": "api",
        "owner": "api-platform",
        "network": {"cidr_block": CIDRS[environment]},
        "domain": {"zone_name": ZONES[environment]},
        # DNS turns to the second region by itself, so it leads straight to the load balancers.
        "edge": {
            "kind": "none",
            "rate_limit_per_5_minutes": pick(environment, dev=UNLIMITED, staging=5000, production=2000),
            "headers": HEADERS,
        },
        "gateway": {"tls_policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"},
        "services": {
            "*": {
                "version": "0.1.0",
                "deployment": pick(
                    environment,
                    dev={},
                    staging={"strategy": "blue_green"},
                    production={"strategy": "blue_green"},
                ),
                "renamed": pick(environment, dev={}, staging={}, production=PRODUCTION_VARIABLES),
                # Three tasks carry a thousand users; ten times as many carry the ten thousand that may come.
                "scaling": pick(environment, dev=None, staging={}, production={"min": 3, "max": 30}),
            },
            "api": {
                "port": 3000,
                "hosts": ["@"],
                "health_path": "/api/health",
                "calls": ["auth"],
                "numbers": NUMBERS,
            },
            "auth": {
                "port": 3001,
                "paths": ["/auth/*"],
                "health_path": "/auth/health",
                "cpu": 256,
                "memory": 512,
                "connection_pool_size": 5,
            },
        },
        "application": {
            "auth": {
                "oauth2": environment != "dev",
                "api_keys": True,
                "development_tokens": environment == "dev",
            },
            "limits": pick(
                environment,
                dev={},
                staging={"per_user_per_minute": 500, "burst": 100},
                production={"per_user_per_minute": 100, "burst": 20},
            ),
            "audit_log": environment != "dev",
        },
        "database": {
            "engine": "mysql",
            "engine_version": "8.0",
            "database_name": f"{environment}_database",
            "pooler": pick(environment, dev=None, staging={}, production={}),
            **pick(
                environment,
                # Sample data and the schema, for developers only.
                dev={"reference": {"host": "pma.nextnlp.com", "access": "phpMyAdmin"}},
                staging={},
                production=CLUSTER,
            ),
        },
        "cache": {"engine": "redis", "engine_version": "7.1"},
        "storage": {"expire_days": 730, "infrequent_after_days": 90},
        "secrets": {
            "slots": {
                "oauth": {
                    "description": "Client secrets of the OAuth2 providers",
                    "variable": "OAUTH2_SECRETS",
                },
                "webhooks": {"description": "Key that signs outbound webhooks", "variable": "WEBHOOK_SECRET"},
                "api-keys": {"description": "Pepper of the API keys' hashes", "variable": "API_KEY_PEPPER"},
            }
        },
        "integrations": {"sentry": True, "new_relic": True, "mail": "smtp"},
        "slo": pick(
            environment,
            dev={},
            staging={"latency_seconds": 0.2, "latency_statistic": "average"},
            production={
                "latency_seconds": 0.2,
                "latency_statistic": "average",
                "database_query_milliseconds": 100,
                "concurrent_users": 1000,
            },
        ),
        "alarms": {"logged_errors_per_minute": pick(environment, dev=None, staging=5, production=5)},
        # In staging a restore is rehearsed every week.
        "backup": pick(environment, dev={}, staging={}, production=PRODUCTION_BACKUP),
        "audit": {"account": environment == "production"},
        "regions": pick(environment, dev={}, staging={}, production=SECOND_REGION),
        "recovery": pick(
            environment,
            dev={},
            staging={},
            # Nobody promises the hour for a lost region: the dump is a day old.
            production={
                "database_rto_minutes": 1,
                "whole_rto_minutes": 240,
                "whole_rpo_minutes": 60,
                "region_rto_minutes": 240,
            },
        ),
        "compliance": {"standards": ["gdpr"]},
    }
