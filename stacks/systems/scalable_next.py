"""The scalable Next.js product: three servers behind Cloudflare, Redis in three shards, PostgreSQL with replicas."""

from typing import Any

from stacks.environments import Environment, pick

# Placeholders: a domain, a Cloudflare account and the addresses of an office take their place.
DOMAIN = "scalable-next.app"
ZONES = {"dev": f"dev.{DOMAIN}", "staging": f"staging.{DOMAIN}", "production": DOMAIN}
CLOUDFLARE_ACCOUNT = "0123456789abcdef0123456789abcdef"
OFFICE = "203.0.113.0/24"

CIDRS = {"dev": "10.40.0.0/16", "staging": "10.41.0.0/16", "production": "10.42.0.0/16"}

ONE_DAY, ONE_YEAR = 86_400, 31_536_000

# The document's three nodes of Redis and what each holds. Only what stands in braces decides which shard has a key:
# real-time falls into the first third of the slots, api into the second, session into the last.
# Redis: cluster specification, "Hash tags"; per general knowledge of that page
KEYS = {
    "KEYS_SESSION": "{session}:",
    "KEYS_USER": "{session}:user:",
    "KEYS_API": "{api}:",
    "KEYS_RATE": "{api}:rate:",
    "KEYS_REALTIME": "{real-time}:",
    "KEYS_COUNTER": "{real-time}:counter:",
}

# As large as 200 USD a month allow for a database with a standby, a replica and a pooler.
DATABASE_SIZE = {"instance_class": "db.t4g.medium", "storage_gb": 50, "max_connections": 200}

# The document's table of monthly costs: 525 USD in all, of which Cloudflare bills its part.
COSTS = {
    "servers": {"monthly_usd": 150, "services": ["Amazon Elastic Container Service"]},
    "database": {"monthly_usd": 200, "services": ["Amazon Relational Database Service"]},
    "cache": {"monthly_usd": 50, "services": ["Amazon ElastiCache"]},
    "balancer": {"monthly_usd": 25, "services": ["Amazon Elastic Load Balancing"]},
    "storage": {"monthly_usd": 20, "services": ["Amazon Simple Storage Service"]},
    "monitoring": {"monthly_usd": 50, "services": ["AmazonCloudWatch"]},
}


def settings(environment: Environment) -> dict[str, Any]:
    """What the scalable Next.js product adds to what the environment already says."""
    return {
        "short_name": "next",
        "owner": "scalable-next",
        # One way out: the document's sum has no room for three.
        "network": {"cidr_block": CIDRS[environment], "nat": "single"},
        "domain": {"zone_name": ZONES[environment], "provider": "cloudflare"},
        "edge": {
            "kind": "cloudflare",
            "cloudflare": {"account_id": CLOUDFLARE_ACCOUNT, "image_optimisation": "lossless"},
            # Images whose names change with their content, as built files do.
            "static_paths": ["/_next/static/*", "/images/*"],
            "static_ttl_seconds": ONE_DAY,
            "static_browser_ttl_seconds": ONE_YEAR,
            # Only answers that are the same for everybody: the API as a whole is never kept.
            "kept": {"public-api": {"paths": ["/api/public/*"], "edge_seconds": ONE_DAY, "by_query": True}},
            "restricted_paths": ["/admin/*"],
            "restricted_to": [OFFICE],
        },
        "gateway": {"algorithm": "round_robin"},
        "services": {
            "web": {
                "version": "0.1.0",
                "port": 3000,
                "hosts": ["@"],
                "health_path": "/api/health",
                "environment": KEYS,
                **pick(
                    environment,
                    dev={},
                    staging={},
                    production={
                        "desired_count": 3,
                        "scaling": {"min": 3, "max": 9, "cpu_percent": 60, "memory_percent": 70},
                    },
                ),
            }
        },
        "application": {"ttl_seconds": {"session": 600, "query": 300, "api": 300}},
        "database": {
            "engine": "postgres",
            "engine_version": "16",
            "database_name": "product",
            "pooler": pick(environment, dev=None, staging={}, production={}),
            "replicas": pick(environment, dev=0, staging=1, production=1),
            **pick(environment, dev={}, staging={}, production=DATABASE_SIZE),
            "parameters": {
                "shared_preload_libraries": "pgaudit,pg_stat_statements",
                "pgaudit.log": "ddl,role",
            },
        },
        "cache": {
            "engine": "redis",
            "engine_version": "7.1",
            # The smallest there is: a node that fails over has a second one, which makes six.
            "node_type": "cache.t4g.micro",
            **pick(
                environment,
                dev={"shards": 1},
                staging={"shards": 3, "replicas": 1},
                production={"shards": 3, "replicas": 1},
            ),
        },
        "integrations": {"new_relic": True},
        "slo": pick(
            environment,
            dev={},
            staging={"latency_seconds": 0.2},
            production={
                "availability_percent": 99.9,
                "latency_seconds": 0.2,
                "error_rate_percent": 0.1,
                "database_query_milliseconds": 100,
                "cache_hit_percent": 80,
                "concurrent_users": 500,
            },
        ),
        "alarms": {"cpu_percent": 70, "memory_percent": 80},
        "backup": {"dump": pick(environment, dev=None, staging=None, production={"source": "replica"})},
        "budget": pick(
            environment,
            dev={},
            staging={},
            production={"monthly_usd": 525, "lines": COSTS, "elsewhere_usd": {"cdn": 30}, "unusual_usd": 50},
        ),
    }
