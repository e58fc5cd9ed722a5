"""What a service's container is told in its environment: the values of `stacks.settings.variables`."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import pulumi

from components.cache_options import CacheMode
from components.secret_ref import SecretRef
from stacks.parts.beside import SAMPLER
from stacks.parts.data import Data
from stacks.parts.ground import Ground
from stacks.parts.names import main_name, service_urls
from stacks.settings.root import Settings
from stacks.settings.service import Service
from stacks.settings.slots import slots_of
from stacks.settings.variable import Family
from stacks.settings.variables import (
    FAMILIES,
    audit_log_group,
    logs_in_with_token,
    mail_from,
)

Told = dict[str, pulumi.Input[str]]
Value = TypeVar("Value")

# In these, clients must find the shard of a key themselves.
_SHARDED = (CacheMode.CLUSTER, CacheMode.SERVERLESS)


def environment(settings: Settings, ground: Ground, data: Data, name: str) -> Told:
    """What it is told in the open, its own variables and further names included."""
    service = settings.services[name]
    own: Told = {
        **_place(settings, name),
        **_behaviour(settings),
        **_database(settings, data, service),
        **_cache(settings, data, service),
        **_files_and_mail(settings, ground, service),
        **_tracing(settings, name),
        **_members(settings, service),
    }
    return {**service.environment, **own, **_renamed(service, own)}


def secrets(settings: Settings, ground: Ground, data: Data, name: str) -> dict[str, SecretRef]:
    """What it is given by reference only: its slots, the passwords of the data, and further names of both."""
    service = settings.services[name]
    own = {slot.variable: ground.secrets.ref(key) for key, slot in slots_of(settings, service).items()}
    if data.database is not None and "database" in service.uses:
        own["DATABASE_USERNAME"] = data.database.secret.field("username")
        if not logs_in_with_token(settings):
            own["DATABASE_PASSWORD"] = data.database.secret.field("password")
    if data.cache is not None and "cache" in service.uses:
        own["REDIS_TOKEN"] = data.cache.secret
        if settings.cache is not None and settings.cache.auth == "rbac":
            own["REDIS_USERNAME"] = data.cache.secret.field("username")
    return {**own, **_renamed(service, own)}


def _renamed(service: Service, own: Mapping[str, Value]) -> dict[str, Value]:
    return {new: own[old] for new, old in service.renamed.items() if old in own}


def _place(settings: Settings, name: str) -> Told:
    public: Told = {"PUBLIC_URL": url} if (url := service_urls(settings).get(name)) else {}
    return {
        "APP_ENVIRONMENT": settings.environment,
        "APP_URL": f"https://{main_name(settings)}",
        "AWS_REGION": settings.region,
        "PORT": str(settings.services[name].port),
        "TLS": _yes_or_no(settings.services[name].tls),
        "HEALTH_PATH": settings.services[name].health_path,
        **public,
    }


def _behaviour(settings: Settings) -> Told:
    application, auth = settings.application, settings.application.auth
    audit: Told = {"AUDIT_LOG_GROUP": audit_log_group(settings)} if application.audit_log else {}
    return {
        "LOG_LEVEL": application.log_level,
        "AUDIT_LOG": _yes_or_no(application.audit_log),
        **audit,
        "JWT_ALGORITHM": auth.jwt_algorithm,
        "ACCESS_TOKEN_SECONDS": str(auth.access_minutes * 60),
        "REFRESH_TOKEN_SECONDS": str(auth.refresh_days * 24 * 60 * 60),
        "BCRYPT_ROUNDS": str(auth.bcrypt_rounds),
        "OAUTH2_ENABLED": _yes_or_no(auth.oauth2),
        "API_KEYS_ENABLED": _yes_or_no(auth.api_keys),
        "DEVELOPMENT_TOKENS": _yes_or_no(auth.development_tokens),
        **_limits(settings),
    }


def _limits(settings: Settings) -> Told:
    limits = settings.application.limits
    given = {
        "RATE_LIMIT_USER": limits.per_user_per_minute,
        "RATE_LIMIT_ADDRESS": limits.per_address_per_minute,
        "RATE_LIMIT_GLOBAL": limits.all_per_minute,
        "RATE_LIMIT_BURST": limits.burst,
    }
    return {variable: str(limit) for variable, limit in given.items() if limit is not None}


def _database(settings: Settings, data: Data, service: Service) -> Told:
    database, asked = data.database, settings.database
    if database is None or asked is None or "database" not in service.uses:
        return {}
    reference: Told = {}
    if asked.reference is not None:
        reference = {"REF_DB_HOST": asked.reference.host, "REF_DB_ACCESS": asked.reference.access}
    return {
        "DATABASE_HOST": database.endpoint,
        "DATABASE_READER_HOSTS": _joined(database.reader_endpoints),
        "DATABASE_PORT": str(database.port),
        "DATABASE_NAME": asked.database_name,
        "DATABASE_POOL_SIZE": str(service.connection_pool_size),
        "DATABASE_LOGIN": "iam" if logs_in_with_token(settings) else "password",
        **reference,
    }


def _cache(settings: Settings, data: Data, service: Service) -> Told:
    cache = data.cache
    if cache is None or settings.cache is None or "cache" not in service.uses:
        return {}
    return {
        "REDIS_HOST": cache.primary_endpoint,
        "REDIS_PORT": str(cache.port),
        "REDIS_READER_HOST": cache.reader_endpoint,
        "REDIS_READER_PORT": str(cache.reader_port),
        "REDIS_CLUSTER": _yes_or_no(cache.mode in _SHARDED),
    }


def _files_and_mail(settings: Settings, ground: Ground, service: Service) -> Told:
    told: Told = {"UPLOAD_BUCKET": ground.uploads.name} if "uploads" in service.uses else {}
    provider = settings.integrations.mail
    if provider != "none" and "mail" in service.uses:
        told |= {"MAIL_PROVIDER": provider, "MAIL_FROM": mail_from(settings)}
    return told


def _tracing(settings: Settings, name: str) -> Told:
    percent = settings.watching.traced_percent
    if percent is None:
        return {}
    return {
        "OTEL_SERVICE_NAME": f"{settings.prefix}-{name}",
        "OTEL_TRACES_SAMPLER": SAMPLER,
        "OTEL_TRACES_SAMPLER_ARG": f"{percent / 100:g}",
    }


def _members(settings: Settings, service: Service) -> Told:
    kept, features, urls = FAMILIES
    application = settings.application
    return {
        **_named(kept, {kind: str(seconds) for kind, seconds in application.ttl_seconds.items()}),
        **_named(features, {name: _yes_or_no(on) for name, on in application.features.items()}),
        **_named(urls, {name: _address(name, settings.services[name]) for name in service.calls}),
    }


def _address(name: str, called: Service) -> str:
    return f"{'https' if called.tls else 'http'}://{name}:{called.port}"


def _named(family: Family, values: Mapping[str, str]) -> Told:
    return {family.name(member): value for member, value in values.items()}


def _joined(hosts: Sequence[pulumi.Output[str]]) -> pulumi.Output[str]:
    return pulumi.Output.all(*hosts).apply(",".join)


def _yes_or_no(on: bool) -> str:
    return "true" if on else "false"
