"""What other resources name of API Gateway."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "http_api": Resolver(
        "NotFoundException",
        "Invalid API identifier specified {value}",
        lambda ctx, value: ctx.client("apigatewayv2").get_api(ApiId=value),
        given_out=True,
    ),
}
