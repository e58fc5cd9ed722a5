"""The MueJam Library: a Django backend and a static frontend, PostgreSQL and Valkey, behind CloudFront."""

from typing import Any

from stacks.environments import Environment, pick

# Placeholder: a domain of one's own takes its place.
DOMAIN = "muejam.app"
ZONES = {"dev": f"dev.{DOMAIN}", "staging": f"staging.{DOMAIN}", "production": DOMAIN}

CIDRS = {"dev": "10.50.0.0/16", "staging": "10.51.0.0/16", "production": "10.52.0.0/16"}

# Four at the start, never fewer than two: the document has both numbers. The hours are ours: it names none.
PRODUCTION_SCALING = {
    "min": 2,
    "max": 20,
    "cpu_percent": 70,
    "memory_percent": 70,
    "windows": {
        "evening": {"schedule": "cron(0 17 * * ? *)", "min": 6, "max": 20},
        "night": {"schedule": "cron(0 23 * * ? *)", "min": 2, "max": 20},
    },
}

SECOND_REGION = {
    "second": "us-west-2",
    "database": "backups",
    "database_keep_days": 30,
    "uploads": True,
    "secrets": True,
    "backups": True,
}


def settings(environment: Environment) -> dict[str, Any]:
    """What the MueJam Library adds to what the environment already says."""
    return {
        "short_name": "muejam",
        "owner": "muejam",
        "network": {"cidr_block": CIDRS[environment]},
        "domain": {"zone_name": ZONES[environment]},
        # No network of caches in dev, as the document has it: the load balancer is public there.
        "edge": {
            "kind": pick(environment, dev="none", staging="cloudfront", production="cloudfront"),
            # Where Django collects its static files.
            "static_paths": ["/static/*"],
        },
        "site": pick(environment, dev=None, staging={"hosts": ["@"]}, production={"hosts": ["@", "www"]}),
        # The names that the document's scripts call.
        "cluster_name": f"muejam-{environment}",
        "services": {
            "backend": {
                "service_name": "backend",
                "version": "0.1.0",
                "port": 8000,
                # Encrypted to the last: the load balancer speaks TLS to the tasks.
                "tls": True,
                "hosts": ["api"],
                "health_path": "/health",
                **pick(
                    environment,
                    dev={"desired_count": 1},
                    staging={"desired_count": 2},
                    production={"desired_count": 4, "scaling": PRODUCTION_SCALING},
                ),
            }
        },
        "application": {
            "limits": {"per_user_per_minute": 100, "all_per_minute": 1000},
            "ttl_seconds": {"user": 300},
        },
        "database": {
            "engine": "postgres",
            "engine_version": "16",
            "database_name": "muejam",
            "max_connections": pick(environment, dev=80, staging=200, production=500),
        },
        "cache": {
            "engine": "valkey",
            "engine_version": "8.0",
            **pick(environment, dev={}, staging={}, production={"shards": 2, "replicas": 1}),
        },
        "storage": {"infrequent_after_days": 90},
        "secrets": {
            "path": f"muejam/{environment}",
            # To the letter: one policy for whatever environment, region and account.
            "read_policy": "everywhere",
            "read_policy_path": "muejam",
            "slots": {
                "django": {"description": "Django's SECRET_KEY", "variable": "SECRET_KEY"},
                "encryption": {
                    "description": "Key that encrypts personal data",
                    "variable": "ENCRYPTION_KEY",
                },
            },
        },
        "integrations": pick(
            environment,
            dev={},
            staging={"sentry": True},
            production={"sentry": True, "new_relic": True, "datadog": True},
        ),
        "logs": {"mask_personal_data": True},
        "regions": pick(environment, dev={}, staging={}, production=SECOND_REGION),
        "recovery": pick(
            environment,
            dev={},
            staging={},
            production={
                "database_rto_minutes": 60,
                "database_rpo_minutes": 5,
                "whole_rto_minutes": 60,
                "whole_rpo_minutes": 5,
            },
        ),
        # The document asks for cost alerts and names no figure: these are ours.
        "budget": {
            "monthly_usd": pick(environment, dev=None, staging=900, production=3000),
            "unusual_usd": 50,
        },
        "ci": {
            "repository": pick(environment, dev=None, staging=None, production="muejam/library"),
            # Production follows staging on its own.
            "approval": False,
        },
    }
