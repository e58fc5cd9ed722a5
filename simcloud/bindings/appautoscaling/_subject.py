"""What is scaled: namespace, resource and dimension, which every type of this service names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = {
    "serviceNamespace": "ServiceNamespace",
    "resourceId": "ResourceId",
    "scalableDimension": "ScalableDimension",
}


_SERVICE = re.compile(r"service/[^/]+/[^/]+")


def params(props: Props) -> Props:
    """In the API's words."""
    return {api: props[name] for name, api in _NAMES.items()}


def props(found: Mapping[str, Any]) -> Props:
    """In the provider's words."""
    return {name: found[api] for name, api in _NAMES.items()}


def parsed(identity: str) -> Props:
    """Out of an import id: `<namespace>/<resource>/<dimension>`, in which the resource has slashes itself."""
    namespace, _, rest = identity.partition("/")
    resource, _, dimension = rest.rpartition("/")
    return {"serviceNamespace": namespace, "resourceId": resource, "scalableDimension": dimension}


def digest(props: Props) -> str:
    """A stable id where AWS would give out one."""
    text = "/".join(str(props[name]) for name in _NAMES)
    return hashlib.sha256(text.encode()).hexdigest()[:34]


def problems(new: Props) -> Iterator[Refusal]:
    """Whether the dimension is the namespace's, and the resource written as it wants it."""
    namespace, resource, dimension = (new[name] for name in _NAMES)
    if namespace == "ecs" and isinstance(resource, str) and not _SERVICE.fullmatch(resource):
        text = f"resourceId {resource!r} must be service/<cluster>/<service>."
        yield Refusal("ValidationException", text, "resourceId")
    if (
        isinstance(namespace, str)
        and isinstance(dimension, str)
        and not dimension.startswith(f"{namespace}:")
    ):
        yield Refusal(
            "ValidationException",
            f"dimension {dimension!r} is not one of namespace {namespace!r}.",
            "scalableDimension",
        )


def exists(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Whether the ECS service is there."""
    if new["serviceNamespace"] == "ecs":
        yield from _ecs_problems(ctx, new["resourceId"])


def registered(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Policies and actions need a scalable target."""
    targets = ctx.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace=new["serviceNamespace"],
        ResourceIds=[new["resourceId"]],
        ScalableDimension=new["scalableDimension"],
    )["ScalableTargets"]
    if not targets:
        yield Refusal(
            "ObjectNotFoundException",
            f"No scalable target registered for namespace: {new['serviceNamespace']}, "
            f"resource ID: {new['resourceId']}, scalable dimension: {new['scalableDimension']}.",
            "resourceId",
            "use the outputs of the aws.appautoscaling.Target, so that it is made first.",
        )


def _ecs_problems(ctx: Context, resource: str) -> Iterator[Refusal]:
    parts = resource.split("/")
    if len(parts) != 3 or parts[0] != "service":
        yield Refusal(
            "ValidationException",
            f"resourceId {resource!r} must be service/<cluster>/<service>.",
            "resourceId",
        )
        return
    ecs = ctx.client("ecs")
    clusters = ecs.describe_clusters(clusters=[parts[1]])["clusters"]
    services = ecs.describe_services(cluster=parts[1], services=[parts[2]])["services"] if clusters else []
    if not any(service["status"] == "ACTIVE" for service in services):
        yield Refusal("ValidationException", f"ECS service doesn't exist: {resource}", "resourceId")
