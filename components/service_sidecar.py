"""A container beside the application's, and what it may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from components.container import CONTAINER_NAME, Container, volume_name
from components.errors import ComponentError
from components.registry import Registry
from components.secret_ref import SecretRef
from components.service_grant import Grant


@dataclass(frozen=True, kw_only=True)
class LogRouter:
    """Makes the sidecar take the application's log (FireLens); `options` name the plug-in and the destination.

    An option may say `{log_group}` and `{region}`: the service's own.
    """

    options: Mapping[str, pulumi.Input[str]]


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """One container more in each task; `cpu` in CPU units and `memory` in MiB are taken from the task's.

    An `essential` one takes the task down with it. With `before_app` the application waits until it runs, or
    is healthy where it has a `health_command`. `grants` go to the task's role, so the application has them too.
    """

    name: str
    image: pulumi.Input[str]
    registry: Registry | None = None
    essential: bool = False
    before_app: bool = False
    command: Sequence[str] | None = None
    health_command: Sequence[str] | None = None
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, SecretRef] = field(default_factory=dict)
    writable_paths: Sequence[str] = ()
    read_only_root: bool = True
    cpu: int | None = None
    memory: int | None = None
    app_environment: Mapping[str, str] = field(default_factory=dict)
    grants: Sequence[Grant] = ()
    writes_to_log_group: bool = False
    log_router: LogRouter | None = None


def check_sidecars(where: str, sidecars: Sequence[Sidecar], cpu: int, memory: int) -> None:
    """Refuses names that are taken, more than one log router, and more memory or CPU than the task has."""
    names = [sidecar.name for sidecar in sidecars]
    twice = sorted({name for name in names if names.count(name) > 1 or name == CONTAINER_NAME})
    if twice:
        raise ComponentError(
            where,
            f"{', '.join(twice)} is the name of two containers",
            expected=f"each name once, and {CONTAINER_NAME} for the application only",
            fix="rename the sidecar",
        )
    _check_routers(where, sidecars)
    _check_room(where, "cpu", [sidecar.cpu for sidecar in sidecars], cpu)
    _check_room(where, "memory", [sidecar.memory for sidecar in sidecars], memory)


def router_of(sidecars: Sequence[Sidecar]) -> LogRouter | None:
    """Where the application's log goes, if not straight to the log group."""
    return next((sidecar.log_router for sidecar in sidecars if sidecar.log_router is not None), None)


def containers_beside(
    sidecars: Sequence[Sidecar], log_group: pulumi.Input[str], region: pulumi.Input[str]
) -> list[Container]:
    """The sidecars' containers; each writes its own log straight to the log group."""
    return [
        Container(
            name=sidecar.name,
            image=sidecar.image,
            port=None,
            log_group=log_group,
            region=region,
            essential=sidecar.essential,
            environment=sidecar.environment,
            secrets={variable: ref.value_from() for variable, ref in sidecar.secrets.items()},
            writable_paths=sidecar.writable_paths,
            volume_prefix=f"{sidecar.name}-",
            read_only_root=sidecar.read_only_root,
            command=sidecar.command,
            health_command=sidecar.health_command,
            cpu=sidecar.cpu,
            memory=sidecar.memory,
            log_router=None if sidecar.log_router is None else _FIRELENS,
        )
        for sidecar in sidecars
    ]


def waited_for(sidecars: Sequence[Sidecar]) -> dict[str, str]:
    """What the application waits for, and until when."""
    return {
        sidecar.name: "HEALTHY" if sidecar.health_command is not None else "START"
        for sidecar in sidecars
        if sidecar.before_app or sidecar.log_router is not None
    }


def routed_logs(
    router: LogRouter, log_group: pulumi.Input[str], region: pulumi.Input[str]
) -> Mapping[str, Any]:
    """The application's log configuration behind a log router."""
    options = {
        name: pulumi.Output.all(value, log_group, region).apply(
            lambda known: str(known[0]).replace("{log_group}", known[1]).replace("{region}", known[2])
        )
        for name, value in sorted(router.options.items())
    }
    return {"logDriver": "awsfirelens", "options": options}


def volumes_beside(sidecars: Sequence[Sidecar]) -> list[str]:
    """The names of the sidecars' scratch volumes."""
    return [volume_name(path, f"{sidecar.name}-") for sidecar in sidecars for path in sidecar.writable_paths]


_FIRELENS: Mapping[str, Any] = {"type": "fluentbit", "options": {"enable-ecs-log-metadata": "true"}}


def _check_routers(where: str, sidecars: Sequence[Sidecar]) -> None:
    routers = [sidecar.name for sidecar in sidecars if sidecar.log_router is not None]
    if len(routers) > 1:
        raise ComponentError(
            where,
            f"{', '.join(routers)} would all take the application's log",
            expected="one log router in a task, which is what AWS takes",
            fix="remove all but one",
        )


def _check_room(where: str, what: str, parts: Sequence[int | None], whole: int) -> None:
    taken = sum(part or 0 for part in parts)
    if taken >= whole:
        raise ComponentError(
            where,
            f"the sidecars take {what} {taken} of {whole}, and leave none to the application",
            expected=f"less than {whole}",
            fix=f"raise the service's {what}",
        )
