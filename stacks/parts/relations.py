"""Who may talk to whom: the whole firewall of an environment, and every right to data and mail."""

from collections.abc import Iterator

from components.database import Database
from components.endpoint_names import interfaces
from components.relations import Peer
from stacks.parts.application import Application
from stacks.parts.data import Data
from stacks.parts.ground import Ground
from stacks.settings.root import Settings
from stacks.settings.variables import logs_in_with_token


def connect(settings: Settings, ground: Ground, data: Data, application: Application) -> None:
    """Gateway → services (each says so itself) → each other, database, cache, uploads and mail; nothing else."""
    for name in application.services:
        _to_data(settings, data, application, name)
        _to_files_and_mail(settings, ground, application, name)
        _to_each_other(settings, application, name)
    _administrators(ground, data)
    _to_endpoints(settings, ground, data, application)


def private_peers(ground: Ground, data: Data, application: Application) -> Iterator[Peer]:
    """Who stands in the private tier and talks to somebody."""
    yield from application.services.values()
    if ground.bastion is not None:
        yield ground.bastion
    if isinstance(data.database, Database) and data.database.rotation_peer is not None:
        yield data.database.rotation_peer


def _to_data(settings: Settings, data: Data, application: Application, name: str) -> None:
    service, uses = application.services[name], settings.services[name].uses
    if data.database is not None and "database" in uses:
        data.database.allow_from(service)
        if isinstance(data.database, Database) and logs_in_with_token(settings):
            for username in data.database.usernames:
                data.database.grant_connect(service.task_role_name, f"{name}-{username}", username)
    if data.cache is not None and "cache" in uses:
        data.cache.allow_from(service)


def _to_files_and_mail(settings: Settings, ground: Ground, application: Application, name: str) -> None:
    role, uses = application.services[name].task_role_name, settings.services[name].uses
    if "uploads" in uses:
        ground.uploads.grant_read_write(role, name)
    if application.mail is not None and "mail" in uses:
        application.mail.grant_send(role, name)


def _to_each_other(settings: Settings, application: Application, name: str) -> None:
    for other in settings.services[name].calls:
        application.services[other].allow_calls_from(application.services[name])


def _administrators(ground: Ground, data: Data) -> None:
    if ground.bastion is None:
        return
    if data.database is not None:
        data.database.allow_directly_from(ground.bastion)
    if data.cache is not None:
        data.cache.allow_from(ground.bastion)


def _to_endpoints(settings: Settings, ground: Ground, data: Data, application: Application) -> None:
    if interfaces(settings.network.endpoints):
        for peer in private_peers(ground, data, application):
            ground.network.endpoints.allow_from(peer)
