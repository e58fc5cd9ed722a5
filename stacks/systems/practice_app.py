"""The Spanish practice app: a Next.js frontend and a FastAPI backend, PostgreSQL and Redis, behind Cloudflare."""

from typing import Any

from stacks.environments import Environment, pick

# Placeholders: a domain and a Cloudflare account of one's own take their place.
DOMAIN = "spanish-practice.app"
ZONES = {"dev": f"dev.{DOMAIN}", "staging": f"staging.{DOMAIN}", "production": DOMAIN}
CLOUDFLARE_ACCOUNT = "0123456789abcdef0123456789abcdef"

CIDRS = {"dev": "10.20.0.0/16", "staging": "10.21.0.0/16", "production": "10.22.0.0/16"}

ONE_HOUR, ONE_YEAR = 3600, 31_536_000

# The route groups of the backend: answers of theirs are never kept, and asked for in measure.
API_PATHS = ("/auth/*", "/exercises*", "/progress*", "/users*")

# Exactly what the document lists.
HEADERS = {
    "hsts_seconds": ONE_YEAR,
    "frame": "DENY",
    "block_xss": True,
    "referrer": "strict-origin-when-cross-origin",
    "permissions_policy": "geolocation=(), microphone=(), camera=()",
    "content_security_policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
    ),
    "override": True,
}

POSTGRES = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "4MB",
    "maintenance_work_mem": "64MB",
    "checkpoint_completion_target": "0.9",
    "wal_buffers": "16MB",
    "default_statistics_target": "100",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "200",
    # Slow queries are measured with it.
    "shared_preload_libraries": "pg_stat_statements",
}

# Two sessions: the one that a request extends, and the one that a refresh token stands for.
TTL_SECONDS = {"session": 1800, "refresh-session": 604_800, "query": ONE_HOUR, "static": 86_400}

# The document's table, row by row.
RECOVERY = {
    "application_rto_minutes": 5,
    "application_rpo_minutes": 0,
    "database_rto_minutes": 15,
    "database_rpo_minutes": 5,
    "cache_rto_minutes": 1,
    "cache_rpo_minutes": 15,
    "whole_rto_minutes": 30,
    "whole_rpo_minutes": 5,
}

# What the product's owners look at, from the backend's log.
NUMBERS = {
    "active-users": {"field": "active_users", "title": "Active users", "statistic": "Maximum"},
    "registrations": {"field": "user_registrations", "title": "User registrations", "statistic": "Sum"},
    "exercises": {"field": "exercises_completed", "title": "Exercises completed", "statistic": "Sum"},
    "session-time": {
        "field": "session_seconds",
        "title": "Average session time, seconds",
        "statistic": "Average",
    },
    "retention": {"field": "retention_percent", "title": "Retention rate, percent", "statistic": "Average"},
}


def settings(environment: Environment) -> dict[str, Any]:
    """What the practice app adds to what the environment already says."""
    return {
        "short_name": "sp",
        "owner": "practice-app",
        "network": {"cidr_block": CIDRS[environment], "bastion": environment == "production"},
        "domain": {
            "zone_name": ZONES[environment],
            "provider": "cloudflare",
            "alternative_names": ["www"],
        },
        "edge": {
            "kind": "cloudflare",
            "cloudflare": {"account_id": CLOUDFLARE_ACCOUNT, "minimum_tls": "1.3"},
            "api_paths": ["/api/*", *API_PATHS],
            "static_browser_ttl_seconds": ONE_YEAR,
            "kept": {"pages": {"paths": ["/", "/about", "/help"], "edge_seconds": ONE_HOUR}},
            "headers": HEADERS,
            # Not the files of a page: one page has more than sixty.
            "rate_limits": {"api": {"limit": 60, "window_seconds": 60, "paths": API_PATHS}},
        },
        "gateway": {"tls_policy": "ELBSecurityPolicy-TLS13-1-3-2021-06"},
        "services": {
            "web": {
                "version": "0.1.0",
                "port": 3000,
                "hosts": ["@"],
                "health_path": "/api/health",
                "uses": [],
                # Pages are rendered with what the backend says.
                "calls": ["api"],
                "secrets": ["sentry"],
            },
            "api": {
                "version": "0.1.0",
                "port": 8000,
                "hosts": ["api"],
                "health_path": "/health",
                # 8000 is the load balancer's alone.
                "call_port": 8001,
                "egress_ports": [443, 80, 25, 587],
                "connection_pool_size": 5,
                "numbers": NUMBERS,
                # Two that work, and room for the third that the document keeps on standby.
                **pick(
                    environment,
                    dev={},
                    staging={},
                    production={
                        "desired_count": 2,
                        "scaling": {"min": 2, "max": 6, "cpu_percent": 70, "memory_percent": 75},
                    },
                ),
            },
        },
        "application": {
            "auth": {"jwt_algorithm": "RS256", "access_minutes": 30, "refresh_days": 7, "bcrypt_rounds": 12},
            "limits": {"per_address_per_minute": 60},
            "ttl_seconds": TTL_SECONDS,
        },
        "database": {
            "engine": "postgres",
            "engine_version": "15",
            "database_name": "practice",
            "max_connections": 100,
            "parameters": POSTGRES,
            "replicas": pick(environment, dev=0, staging=1, production=3),
        },
        "cache": {
            "engine": "redis",
            "engine_version": "7.1",
            # Redis is to have 256 MB: half of the smallest node, as much as AWS recommends to keep free in one.
            # AWS: ElastiCache user guide, "Managing reserved memory for Valkey and Redis OSS", read 2026-11
            "node_type": "cache.t4g.micro",
            "parameters": {"maxmemory-policy": "allkeys-lru", "reserved-memory-percent": "50"},
        },
        "integrations": {"openai": True, "sentry": True, "new_relic": True},
        "slo": pick(
            environment,
            dev={},
            staging={"latency_seconds": 0.1},
            production={
                "availability_percent": 99.9,
                "latency_seconds": 0.1,
                "database_query_milliseconds": 50,
                "cache_hit_percent": 80,
            },
        ),
        "backup": {"dump": pick(environment, dev=None, staging={}, production={"cron": "cron(0 2 * * ? *)"})},
        "recovery": pick(environment, dev={}, staging={}, production=RECOVERY),
    }
