"""The service's place behind a gateway, from which the service makes its own target groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.gateway import Gateway, Target
from components.service_deployment import Deployment, paired


@dataclass(frozen=True, kw_only=True)
class Route:
    """Which requests of the gateway come here: all that nobody else takes, or those of `hosts` and `paths`.

    `health_path` must answer 200; `deregistration_seconds` is how long a task that goes may finish its answers.
    With `tls` the container itself speaks HTTPS, with whatever certificate: nothing is said in the clear.
    """

    gateway: Gateway
    health_path: str
    health_seconds: int = 30
    deregistration_seconds: int = 30
    default: bool = True
    hosts: Sequence[str] = ()
    paths: Sequence[str] = ()
    tls: bool = False


def open_route(route: Route, name: str, port: int, deployment: Deployment) -> Target:
    """The target group, or the pair of them with the rules that the deployment strategy needs."""
    return route.gateway.target(
        name,
        port,
        route.health_path,
        route.health_seconds,
        route.deregistration_seconds,
        default=route.default,
        hosts=route.hosts,
        paths=route.paths,
        pair=paired(deployment),
        trial=deployment.trial,
        tls=route.tls,
    )
