"""The environment variables that services get from the stack itself: the one list of their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stacks.settings.root import Settings
from stacks.settings.slots import added, slots_of
from stacks.settings.variable import Family, Reader, Variable


def logs_in_with_token(settings: Settings) -> bool:
    """Whether services show the pooler an IAM token instead of a password."""
    database = settings.database
    return database is not None and database.pooler is not None and database.pooler.iam


def _with_password(reader: Reader) -> bool:
    return reader.uses("database") and not logs_in_with_token(reader.settings)


def _with_reference(reader: Reader) -> bool:
    database = reader.settings.database
    return reader.uses("database") and database is not None and database.reference is not None


def _with_users(reader: Reader) -> bool:
    cache = reader.settings.cache
    return reader.uses("cache") and cache is not None and cache.auth == "rbac"


def _limited(name: str) -> dict[str, Any]:
    return {
        "when": "there is a limit",
        "condition": lambda reader: getattr(reader.settings.application.limits, name) is not None,
    }


_USES_DATABASE = {"when": "uses the database", "condition": lambda reader: reader.uses("database")}
_USES_CACHE = {"when": "uses the cache", "condition": lambda reader: reader.uses("cache")}
_USES_MAIL = {"when": "uses mail", "condition": lambda reader: reader.uses("mail")}
_REFERENCE = {"when": "uses the database, and there is one", "condition": _with_reference}
_TRACED = {
    "when": "requests are traced",
    "condition": lambda reader: reader.settings.watching.traced_percent is not None,
}
_DATADOG = {"when": "Datadog is on", "condition": lambda reader: reader.settings.integrations.datadog}


def _one(name: str, meaning: str, setting: str, **more: Any) -> Variable:
    return Variable(name=name, meaning=meaning, setting=setting, **more)


VARIABLES: tuple[Variable, ...] = (
    _one("APP_ENVIRONMENT", "dev, staging or production", "environment"),
    _one("APP_URL", "Where people find the product", "domain.zone_name"),
    _one("PUBLIC_URL", "Where people find this service", "services.*.hosts",
         when="has hosts or paths", condition=lambda reader: reader.service.public),
    _one("AWS_REGION", "Region of the stack", "region"),
    _one("PORT", "Port to listen on", "services.*.port"),
    _one("TLS", "Whether it must speak TLS on that port, with a certificate of its own making", "services.*.tls"),
    _one("HEALTH_PATH", "Path to answer with 200 when it can serve", "services.*.health_path"),
    _one("LOG_LEVEL", "What is logged", "application.log_level"),
    _one("AUDIT_LOG", "Whether who did what is written down: true or false", "application.audit_log"),
    _one("AUDIT_LOG_GROUP", "Log group for it, to which the task may write", "application.audit_log",
         when="the audit log is on", condition=lambda reader: reader.settings.application.audit_log),
    # authentication
    _one("JWT_ALGORITHM", "How access tokens are signed", "application.auth.jwt_algorithm"),
    _one("ACCESS_TOKEN_SECONDS", "How long an access token is good", "application.auth.access_minutes"),
    _one("REFRESH_TOKEN_SECONDS", "How long a refresh token is good", "application.auth.refresh_days"),
    _one("BCRYPT_ROUNDS", "Work factor of password hashes", "application.auth.bcrypt_rounds"),
    _one("OAUTH2_ENABLED", "true or false", "application.auth.oauth2"),
    _one("API_KEYS_ENABLED", "true or false", "application.auth.api_keys"),
    _one("DEVELOPMENT_TOKENS", "true or false", "application.auth.development_tokens"),
    # limits
    _one("RATE_LIMIT_USER", "Requests per minute of one user", "application.limits.per_user_per_minute",
         **_limited("per_user_per_minute")),
    _one("RATE_LIMIT_ADDRESS", "Requests per minute of one address", "application.limits.per_address_per_minute",
         **_limited("per_address_per_minute")),
    _one("RATE_LIMIT_GLOBAL", "Requests per minute of everybody", "application.limits.all_per_minute",
         **_limited("all_per_minute")),
    _one("RATE_LIMIT_BURST", "Requests that may come at once", "application.limits.burst",
         **_limited("burst")),
    # database
    _one("DATABASE_HOST", "Where to write: the pooler, or the primary", "database", **_USES_DATABASE),
    _one("DATABASE_READER_HOSTS", "Where one may read, comma-separated; empty without replicas",
         "database.replicas", **_USES_DATABASE),
    _one("DATABASE_PORT", "Port of all of them", "database.engine", **_USES_DATABASE),
    _one("DATABASE_NAME", "Database to use", "database.database_name", **_USES_DATABASE),
    _one("DATABASE_POOL_SIZE", "Connections that one task may keep open",
         "services.*.connection_pool_size", **_USES_DATABASE),
    _one("DATABASE_LOGIN", "password, or iam: an IAM token in its place", "database.pooler.iam", **_USES_DATABASE),
    _one("DATABASE_USERNAME", "User of the database", "database.username", **_USES_DATABASE, secret=True),
    _one("DATABASE_PASSWORD", "Password of the user; rotates, so read it again when a login fails",
         "database.credentials", when="uses the database, and logs in with a password", secret=True,
         condition=_with_password),
    _one("REF_DB_HOST", "Reference database with sample data", "database.reference.host", **_REFERENCE),
    _one("REF_DB_ACCESS", "How people get into it", "database.reference.access", **_REFERENCE),
    # cache
    _one("REDIS_HOST", "Where to write; TLS only", "cache", **_USES_CACHE),
    _one("REDIS_PORT", "Its port", "cache", **_USES_CACHE),
    _one("REDIS_READER_HOST", "Where to read", "cache.replicas", **_USES_CACHE),
    _one("REDIS_READER_PORT", "Its port", "cache.serverless", **_USES_CACHE),
    _one("REDIS_CLUSTER", "Whether keys live in several shards: true or false", "cache.shards", **_USES_CACHE),
    _one("REDIS_USERNAME", "User of the cache", "cache.auth", secret=True,
         when="uses the cache, and it knows users", condition=_with_users),
    _one("REDIS_TOKEN", "Password of the cache, or of the user", "cache.auth", **_USES_CACHE, secret=True),
    # files and mail
    _one("UPLOAD_BUCKET", "Bucket for uploaded files", "storage", when="uses uploads",
         condition=lambda reader: reader.uses("uploads")),
    _one("MAIL_PROVIDER", "ses, sendgrid or smtp", "integrations.mail", **_USES_MAIL),
    _one("MAIL_FROM", "Address that mail is sent from", "integrations.mail_sender", **_USES_MAIL),
    # tracing
    _one("OTEL_SERVICE_NAME", "What the service calls itself in traces", "watching.traced_percent", **_TRACED),
    _one("OTEL_EXPORTER_OTLP_ENDPOINT", "Collector beside the task", "watching.traced_percent", **_TRACED),
    _one("OTEL_TRACES_SAMPLER", "How it is decided what is traced", "watching.traced_percent", **_TRACED),
    _one("OTEL_TRACES_SAMPLER_ARG", "Share that is traced, 0 to 1", "watching.traced_percent", **_TRACED),
    _one("DD_AGENT_HOST", "Datadog's agent beside the task", "integrations.datadog", **_DATADOG),
    _one("DD_ENV", "Environment, as Datadog shows it", "environment", **_DATADOG),
    _one("DD_SERVICE", "Service, as Datadog shows it", "services", **_DATADOG),
    _one("DD_VERSION", "Version, as Datadog shows it", "services.*.version", **_DATADOG),
)  # fmt: skip

FAMILIES: tuple[Family, ...] = (
    Family(
        shown="CACHE_TTL_<KIND>",
        meaning="Seconds for which things of this kind are kept",
        setting="application.ttl_seconds",
        members=lambda reader: reader.settings.application.ttl_seconds,
    ),
    Family(
        shown="FEATURE_<NAME>",
        meaning="Whether the feature starts switched on: true or false",
        setting="application.features",
        members=lambda reader: reader.settings.application.features,
    ),
    Family(
        shown="SERVICE_URL_<SERVICE>",
        meaning="Address of a service that this one may call",
        setting="services.*.calls",
        members=lambda reader: reader.service.calls,
    ),
)

OWN_VARIABLES: tuple[str, ...] = tuple(variable.name for variable in VARIABLES)


def plain(settings: Settings, name: str) -> tuple[str, ...]:
    """The variables that the service gets in the open, without `environment` and `renamed`."""
    reader = Reader(settings, settings.services[name])
    own = [one.name for one in VARIABLES if not one.secret and one.given(reader)]
    return (*own, *(member for family in FAMILIES for member in family.names(reader)))


def secret(settings: Settings, name: str) -> tuple[str, ...]:
    """The variables that the service gets as references to secrets, without `renamed`."""
    reader = Reader(settings, settings.services[name])
    own = [one.name for one in VARIABLES if one.secret and one.given(reader)]
    return (*own, *(slot.variable for slot in slots_of(settings, reader.service).values()))


def mail_from(settings: Settings) -> str:
    """The address that mail comes from."""
    return f"{settings.integrations.mail_sender}@{settings.domain.zone_name}"


def audit_log_group(settings: Settings) -> str:
    """The log group that the application writes who did what to."""
    return f"/{settings.system}/{settings.environment}/audit"


@dataclass(frozen=True)
class Taken:
    """`variable` at `path` has its value from `source` already."""

    path: str
    variable: str
    source: str


def taken_twice(settings: Settings) -> Iterator[Taken]:
    """Variables with two sources; one of the stack's own is taken even where a service does not have it."""
    given = dict.fromkeys(OWN_VARIABLES, "the stack itself")
    given |= {one.variable: one.setting for one in added(settings)}
    yield from _slots(settings, given)
    for name, service in settings.services.items():
        own = given | _members(Reader(settings, service))
        for kind, variables in (("environment", service.environment), ("renamed", service.renamed)):
            for variable in variables:
                path = f"services.{name}.{kind}.{variable}"
                if variable in own:
                    yield Taken(path, variable, own[variable])
                own[variable] = path


def _slots(settings: Settings, given: dict[str, str]) -> Iterator[Taken]:
    """The declared slots; `given` learns them."""
    members = {
        variable: source
        for service in settings.services.values()
        for variable, source in _members(Reader(settings, service)).items()
    }
    for name, slot in settings.secrets.slots.items():
        path = f"secrets.slots.{name}.variable"
        if source := given.get(slot.variable) or members.get(slot.variable):
            yield Taken(path, slot.variable, source)
        given.setdefault(slot.variable, path)


def _members(reader: Reader) -> dict[str, str]:
    return {
        family.name(member): f"{family.setting}.{member}"
        for family in FAMILIES
        for member in family.members(reader)
    }
