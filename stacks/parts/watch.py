"""Who notices: the alarms and the dashboard."""

from dataclasses import fields

import pulumi

from components.alarms import Alarms, AlarmsArgs, Thresholds
from components.observability import Observability, ObservabilityArgs
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.entrance import Entrance
from stacks.parts.ground import Ground
from stacks.settings.root import Settings


def watch(
    settings: Settings, ground: Ground, entrance: Entrance, data: Data, application: Application
) -> Observability:
    """Alarms on everything that the level asks for, and a dashboard of everything."""
    if warning := unheard(settings):
        pulumi.log.warn(warning)
    alarms = _alarms(settings, ground)
    for service in application.services.values():
        if service.target is not None:
            alarms.watch_gateway(entrance.gateway, service.target)
        alarms.watch_service(service, application.cluster)
    if settings.alarms.level == "full" and data.own_database is not None and data.cache is not None:
        alarms.watch_database(data.own_database)
        alarms.watch_cache(data.cache)
    return _dashboard(settings, ground, entrance, data, application)


def unheard(settings: Settings) -> str | None:
    """The warning that alarms would ring where nobody hears them."""
    if settings.alarms.level == "basic" or settings.alarms.critical_emails:
        return None
    return (
        "alarms.critical_emails is empty: the critical alarms of this environment reach nobody. Fix: list addresses "
        "below plinth:overrides"
    )


def _alarms(settings: Settings, ground: Ground) -> Alarms:
    args = AlarmsArgs(
        critical_emails=settings.alarms.critical_emails,
        warning_emails=settings.alarms.warning_emails,
        thresholds=Thresholds(
            **{limit.name: getattr(settings.alarms, limit.name) for limit in fields(Thresholds)}
        ),
        kms_key_arn=ground.key.arn,
        tags=settings.all_tags,
    )
    return Alarms(f"{settings.prefix}-alarms", args)


def _dashboard(
    settings: Settings, ground: Ground, entrance: Entrance, data: Data, application: Application
) -> Observability:
    args = ObservabilityArgs(
        dashboard_name=settings.prefix,
        metric_namespace=f"{settings.system}/{settings.environment}",
        kms_key_arn=ground.key.arn,
        tags=settings.all_tags,
    )
    board = Observability(f"{settings.prefix}-observability", args)
    for service in application.services.values():
        if service.target is not None:
            board.add_gateway(entrance.gateway, service.target)
        board.add_service(service, application.cluster)
    if data.own_database is not None and data.cache is not None:
        board.add_database(data.own_database)
        board.add_cache(data.cache)
    board.publish()
    return board
