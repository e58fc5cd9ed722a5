"""What other resources name of Cloud Map."""

from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.resolver import Resolver


def _namespace(ctx: Context, value: str) -> Any:
    return ctx.client("servicediscovery").get_namespace(Id=value.rsplit("/", 1)[-1])


def _namespace_by_any_name(ctx: Context, value: str) -> Any:
    """By ARN or by name, as ECS takes it."""
    if value.startswith("arn:"):
        return _namespace(ctx, value)
    listed = ctx.client("servicediscovery").list_namespaces()["Namespaces"]
    return any(namespace["Name"] == value for namespace in listed)


RESOLVERS = {
    "namespace": Resolver(
        "NamespaceNotFound", "The namespace {value} cannot be found.", _namespace, given_out=True
    ),
    "connect_namespace": Resolver(
        "InvalidParameterException", "The namespace {value} does not exist.", _namespace_by_any_name
    ),
    "discovery_service": Resolver(
        "ServiceNotFound",
        "The service {value} cannot be found.",
        lambda ctx, value: ctx.client("servicediscovery").get_service(Id=value.rsplit("/", 1)[-1]),
        given_out=True,
    ),
}
