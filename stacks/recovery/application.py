"""What brings the services back."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.recovery.mechanisms import Application, DnsFailover, SecondRegion
from stacks.recovery.people import ASSUMED, PEOPLE_SECONDS
from stacks.recovery.scope import Scope
from stacks.recovery.way import Seconds, Way

# The load balancer's name stops listing a lost zone, and resolvers forget it after its TTL of 60 s; per reference
# notes, not verified against AWS.
LISTED_SECONDS = 60
# An assumption: Fargate finds a machine, pulls the image and starts the program.
START_SECONDS = 3 * 60
# An assumption: the pipeline deploys the image before last from the registry.
_REDEPLOY_SECONDS = 15 * 60
# An assumption: other subnets, and everything in them, from code.
_REBUILD_SECONDS = 2 * 3600
_HEALTH_SOURCE = "the target group's health check; 60 s until resolvers forget a zone, per reference notes"


def application_ways(application: Application, second: SecondRegion, scope: Scope) -> Iterator[Way]:
    """Every way back that `application` has in `scope`, in no order."""
    if scope is Scope.ZONE:
        yield from _in_another_zone(application)
        yield _estimate(application, "its zone is left: other subnets are built from code", _REBUILD_SECONDS)
    elif scope is Scope.MISTAKE:
        yield _estimate(application, "an earlier image is deployed again", _REDEPLOY_SECONDS)
    elif second.standby:
        yield _in_the_second_region(application, second)


def detection_seconds(application: Application) -> int:
    """Until the load balancer sends nothing more to a task that does not answer."""
    return application.health_seconds * application.unhealthy_threshold


def _in_another_zone(application: Application) -> Iterator[Way]:
    if application.zones < 2:
        return
    yield _way(
        application, "ECS starts a task in another zone", _replacement_seconds(application), _HEALTH_SOURCE
    )
    if application.tasks >= 2:
        rto = detection_seconds(application) + LISTED_SECONDS
        yield _way(application, "tasks in other zones go on", rto, _HEALTH_SOURCE)


def _replacement_seconds(application: Application) -> int:
    ready = application.health_seconds * application.healthy_threshold
    leaving = detection_seconds(application) + application.deregistration_seconds
    return leaving + LISTED_SECONDS + START_SECONDS + ready


def _in_the_second_region(application: Application, second: SecondRegion) -> Way:
    running = application.tasks_in_second_region > 0
    switch = PEOPLE_SECONDS if second.dns_failover is None else _dns_seconds(second.dns_failover)
    start = 0 if running else PEOPLE_SECONDS + START_SECONDS
    by = "by hand" if second.dns_failover is None else "by health check"
    return _way(
        application,
        f"DNS turns {by} to the standby stack" + ("" if running else ", whose tasks people start"),
        max(switch, start),
        "its health check's interval, threshold and TTL (AWS blog, Route 53 health check improvements, read 2026-11)"
        + ("" if running and second.dns_failover else f"; {ASSUMED}"),
    )


def _dns_seconds(dns: DnsFailover) -> int:
    return dns.interval_seconds * dns.failure_threshold + dns.record_ttl_seconds


def _way(application: Application, mechanism: str, rto_seconds: int, source: str) -> Way:
    return Way(
        mechanism=mechanism,
        rpo_seconds=_kept(application),
        rto_seconds=rto_seconds,
        source=source,
        rto_estimated=True,
    )


def _estimate(application: Application, mechanism: str, seconds: int) -> Way:
    return _way(
        application, mechanism, PEOPLE_SECONDS + seconds, f"{ASSUMED}, {seconds // 60} min for the rest"
    )


def _kept(application: Application) -> Seconds:
    """Nothing is lost of tasks that keep nothing."""
    return 0 if application.stateless else None
