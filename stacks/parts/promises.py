"""What users are promised, and who hears before the promise is broken."""

from collections.abc import Mapping

from components.alarms import Objective
from components.gateway import Gateway, Target
from stacks.parts.application import Application
from stacks.parts.lookouts import Lookouts
from stacks.settings.root import Settings

STATISTICS = {"p95": "p95", "average": "Average"}


def promised(settings: Settings) -> Mapping[str, object]:
    """The output that load tests and status pages read: what is promised, `concurrent_users` among it."""
    given = settings.slo.model_dump(exclude_none=True, exclude_defaults=True)
    return {"promises": given} if given else {}


def watch_promises(
    settings: Settings,
    gateway: Gateway,
    target: Target | None,
    application: Application,
    lookouts: Lookouts,
) -> None:
    """Alarms of their own for each promise; `target` is the one service's, None with several, judged together."""
    alarms, slo = lookouts.alarms, settings.slo
    if slo.availability_percent is not None:
        alarms.watch_objective(gateway, target, Objective(percent=slo.availability_percent))
    if slo.latency_seconds is not None:
        alarms.watch_latency(gateway, target, slo.latency_seconds, STATISTICS[slo.latency_statistic])
    if slo.error_rate_percent is not None:
        alarms.watch_error_rate(gateway, target, slo.error_rate_percent)
    if slo.database_query_milliseconds is not None:
        for service in application.services.values():
            if service.component_name in lookouts.board.timed:
                timed = lookouts.board.timed[service.component_name]
                alarms.watch_queries(timed, slo.database_query_milliseconds)
