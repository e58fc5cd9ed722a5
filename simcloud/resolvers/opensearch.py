"""What other resources name of OpenSearch Service."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "search_domain": Resolver(
        "ResourceNotFoundException",
        "Domain not found: {value}",
        lambda ctx, value: ctx.client("opensearch").describe_domain(DomainName=value),
    ),
}
