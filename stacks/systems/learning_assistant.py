"""The Learning Assistant: a Next.js application with PostgreSQL and Redis behind CloudFront."""

from typing import Any

from stacks.environments import Environment

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

SECRETS = {
    "session": {"description": "Key that signs session cookies", "variable": "SESSION_SECRET"},
    "email": {"description": "Key of the transactional e-mail provider", "variable": "EMAIL_API_KEY"},
    "search": {"description": "Key of the full-text search service", "variable": "SEARCH_API_KEY"},
    "analytics": {"description": "Key of the user analytics service", "variable": "ANALYTICS_API_KEY"},
}


def settings(environment: Environment) -> dict[str, Any]:
    """What the Learning Assistant adds to what the environment already says."""
    return {
        "short_name": "la",
        "owner": "learning-assistant",
        "network": NETWORK,
        "domain": {"zone_name": ZONES[environment]},
        "services": {"web": {"version": "0.1.0", "port": 3000, "health_path": "/api/health", "hosts": ["@"]}},
        "database": {"engine": "postgres", "engine_version": "16", "database_name": "learning"},
        "cache": {"engine": "redis", "engine_version": "7.1", "shards": 1},
        "secrets": {"slots": SECRETS},
    }
