"""The Learning Assistant: a Next.js application with PostgreSQL and Redis behind CloudFront."""

from typing import Any

from stacks.environments import Environment, pick

# Placeholder: nobody's product. Whoever deploys to a real account sets a domain of their own. It is not an
# example.com, because Route 53 refuses reserved names (InvalidDomainName: "is reserved by AWS").
DOMAIN = "learning-assistant.app"
ZONES = {"dev": f"dev.{DOMAIN}", "staging": f"staging.{DOMAIN}", "production": DOMAIN}

# The network that the product's architecture document dictates. Every environment has it: environments are
# separate VPCs (and should be separate accounts) that are never connected, so equal ranges cannot meet, and
# what is tested is what runs. Whoever does connect one lists the other side in `network.peered_with`, which
# refuses the overlap and asks for a range of its own.
NETWORK = {
    "cidr_block": "10.0.0.0/16",
    "az_count": 3,
    "public_cidrs": ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
    "private_cidrs": ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
    "database_cidrs": ["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"],
}

# Two versions side by side, and back at once when the new one fails: tried in staging, relied upon in production.
SIDE_BY_SIDE = {"strategy": "blue_green", "bake_minutes": 10}

# What the business looks at. Every task logs how many people it serves, and what they use as they use it.
NUMBERS = {
    "active-learners": {"field": "active_learners", "title": "Active learners of a task"},
    "feature-uses": {"field": "feature_uses", "title": "Uses of features", "statistic": "Sum"},
}

# Demand is known (evenings, and before exams) as well as learnt.
PRODUCTION_SCALING = {
    "min": 3,
    "max": 12,
    "cpu_percent": 70,
    "memory_percent": 75,
    # Ours, as the document names no figure: measure how many a task serves well before relying on it.
    "numbers": {"active-learners": 200},
    "forecast": {"cpu_percent": 50},
    "windows": {
        "evening": {"schedule": "cron(0 16 * * ? *)", "min": 4, "max": 12},
        "night": {"schedule": "cron(0 23 * * ? *)", "min": 3, "max": 12},
    },
}


def settings(environment: Environment) -> dict[str, Any]:
    """What the Learning Assistant adds to what the environment already says."""
    return {
        "short_name": "la",
        "owner": "learning-assistant",
        "network": {
            **NETWORK,
            **pick(
                environment,
                dev={},
                staging={},
                production={"bastion": True, "bastion_sessions": "second_factor"},
            ),
        },
        "domain": {"zone_name": ZONES[environment]},
        "services": {
            "web": {
                "version": "0.1.0",
                "port": 3000,
                # Encrypted to the last: the load balancer speaks TLS to the tasks.
                "tls": True,
                "hosts": ["@"],
                "health_path": "/api/health",
                "numbers": NUMBERS,
                **pick(
                    environment,
                    dev={},
                    staging={"deployment": SIDE_BY_SIDE},
                    production={"deployment": SIDE_BY_SIDE, "scaling": PRODUCTION_SCALING},
                ),
            }
        },
        "database": {
            "engine": "postgres",
            "engine_version": "16",
            "database_name": "learning",
            "pooler": pick(environment, dev=None, staging={}, production={}),
        },
        "cache": {"engine": "redis", "engine_version": "7.1", "shards": 1},
        "secrets": {
            "slots": {
                "session": {"description": "Key that signs session cookies", "variable": "SESSION_SECRET"}
            }
        },
        "integrations": {"mail": "ses", "elasticsearch": True, "google_analytics": True},
        "slo": {"availability_percent": pick(environment, dev=None, staging=99.9, production=99.9)},
        "alarms": {
            "one_page_per_incident": environment == "production",
            "unusual_traffic": environment == "production",
        },
        "watching": {"traced_percent": pick(environment, dev=None, staging=5, production=5)},
        "regions": pick(
            environment,
            dev={},
            staging={},
            production={"second": "us-west-2", "database": "backups", "backups": True, "uploads": True},
        ),
        # The document's targets: four hours, and an hour of data.
        "recovery": pick(
            environment,
            dev={},
            staging={},
            production={"whole_rto_minutes": 240, "whole_rpo_minutes": 60},
        ),
        "audit": {"account": environment == "production"},
        # The document asks for cost monitoring and names no figure: these are ours.
        "budget": {
            "monthly_usd": pick(environment, dev=None, staging=900, production=2500),
            "unusual_usd": 50,
        },
    }
