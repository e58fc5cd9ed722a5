"""Who notices: alarms on everything that the level asks for, and a dashboard of everything."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext

from components.database import Database, Events
from components.gateway import Target
from components.observability import Number
from components.service import Service
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.parts.lookouts import Lookouts
from stacks.parts.outside import look_from_outside
from stacks.parts.promises import watch_promises
from stacks.settings.root import Settings
from stacks.settings.variables import audit_log_group

URGENT = ("availability", "failover", "failure", "low storage")
CALM = ("maintenance", "read replica", "recovery")


def watch(
    settings: Settings,
    ground: Ground,
    entrance: Entrance,
    data: Data,
    application: Application,
    lookouts: Lookouts,
) -> None:
    """The dashboard shows the alarms first, then the view from outside, the services, and the data."""
    _read_logs(settings, data, application, lookouts)
    with _incident(settings, lookouts):
        look_from_outside(settings, ground, lookouts)
        _watch_services(settings, entrance, application, lookouts)
        _watch_data(settings, data, lookouts)
        if targets(application):
            watch_promises(settings, entrance.gateway, only_target(application), application, lookouts)
    lookouts.board.add_alarms(lookouts.alarms)
    lookouts.board.publish()


def targets(application: Application) -> Mapping[str, Target]:
    """What the gateway forwards to, by service."""
    return {
        name: service.target for name, service in application.services.items() if service.target is not None
    }


def only_target(application: Application) -> Target | None:
    """The one service's; None with several, whose requests are judged together."""
    found = list(targets(application).values())
    return found[0] if len(found) == 1 else None


def _incident(settings: Settings, lookouts: Lookouts) -> AbstractContextManager[None]:
    return lookouts.alarms.incident() if settings.alarms.one_page_per_incident else nullcontext()


def _read_logs(settings: Settings, data: Data, application: Application, lookouts: Lookouts) -> None:
    """What is masked in the logs, read from them, and found in them again."""
    board, services = lookouts.board, application.services
    for name, service in services.items():
        if settings.logs.mask_personal_data:
            board.mask(service)
        if _asks_the_database(settings, data, name):
            board.time_queries(service)
    if settings.alarms.level == "full":
        audited = audit_log_group(settings) if settings.application.audit_log else None
        board.save_searches(list(services.values()), audited)


def _asks_the_database(settings: Settings, data: Data, name: str) -> bool:
    """Whether the times of its queries are worth a metric."""
    wanted = settings.alarms.level == "full" or settings.slo.database_query_milliseconds is not None
    return wanted and data.database is not None and "database" in settings.services[name].uses


def _watch_services(
    settings: Settings, entrance: Entrance, application: Application, lookouts: Lookouts
) -> None:
    alarms, board = lookouts.alarms, lookouts.board
    found, gateway = targets(application), entrance.gateway
    for target, name in _requests(found, gateway.component_name):
        alarms.watch_gateway(gateway, target, name)
        board.add_gateway(gateway, target, name)
    if found and settings.alarms.unusual_traffic:
        alarms.watch_habits(gateway, only_target(application))
    for name, service in application.services.items():
        alarms.watch_service(service, application.cluster)
        board.add_service(service, application.cluster)
        _watch_numbers(settings, name, service, lookouts)
        if settings.alarms.logged_errors_per_minute is not None:
            errors = board.logged[service.component_name]
            alarms.watch_logs(errors, settings.alarms.logged_errors_per_minute)


def _watch_numbers(settings: Settings, name: str, service: Service, lookouts: Lookouts) -> None:
    """The numbers of the product are drawn, and those that were promised watched."""
    asked = settings.services[name].numbers
    if not asked:
        return
    told = lookouts.board.add_numbers(
        service,
        [
            Number(name=key, field=one.field, title=one.title, statistic=one.statistic)
            for key, one in asked.items()
        ],
    )
    for key, one in asked.items():
        if one.promised is not None:
            lookouts.alarms.watch_number(told[key], one.promised)


def _requests(found: Mapping[str, Target], gateway: str) -> Iterator[tuple[Target | None, str | None]]:
    """Whose requests are judged, under which name: those of the one service; or all together, and each one's own."""
    if len(found) == 1:
        yield from ((target, None) for target in found.values())
        return
    if found:
        yield None, None
    yield from ((target, f"{gateway}-{name}") for name, target in found.items())


def _watch_data(settings: Settings, data: Data, lookouts: Lookouts) -> None:
    alarms, board, full = lookouts.alarms, lookouts.board, settings.alarms.level == "full"
    database, cache, hits = data.database, data.cache, settings.slo.cache_hit_percent
    if database is not None:
        board.add_database(database)
        if isinstance(database, Database):
            if full:
                alarms.watch_database(database)
                _hear_of(database, lookouts)
        elif full and settings.database is not None:
            alarms.watch_remote_replica(database, settings.database.storage_gb)
    if cache is not None:
        board.add_cache(cache)
        if full or hits is not None:
            alarms.watch_cache(cache, hits)


def _hear_of(database: Database, lookouts: Lookouts) -> None:
    """RDS's own messages: a failover wakes somebody, a maintenance does not."""
    alarms = lookouts.alarms
    database.send(Events(topic_arn=alarms.critical_topic_arn, categories=URGENT), "urgent")
    database.send(Events(topic_arn=alarms.warning_topic_arn, categories=CALM), "calm")
