"""The secrets of a stack: those that its settings declare, and those that its other settings need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stacks.settings.root import Settings
from stacks.settings.secrets import Slot
from stacks.settings.service import Service


@dataclass(frozen=True, kw_only=True)
class Added:
    """A slot that the stack adds; `setting` is why, `agents_only` keeps it from the services themselves."""

    name: str
    description: str
    variable: str
    setting: str
    for_mail: bool = False
    agents_only: bool = False


JWT_KEYS = {
    "HS256": "Key that signs and checks access tokens (HS256): 32 random bytes or more",
    "RS256": "Private key that signs access tokens (RS256): RSA of 2048 bits or more, as PEM",
}

INTEGRATIONS: tuple[Added, ...] = (
    Added(
        name="sentry",
        description="Address (DSN) of the project in Sentry",
        variable="SENTRY_DSN",
        setting="integrations.sentry",
    ),
    Added(
        name="new-relic",
        description="License key of New Relic",
        variable="NEW_RELIC_LICENSE_KEY",
        setting="integrations.new_relic",
    ),
    Added(
        name="datadog",
        description="API key of Datadog, for the agent beside each task",
        variable="DD_API_KEY",
        setting="integrations.datadog",
        agents_only=True,
    ),
    Added(
        name="openai",
        description="API key of OpenAI",
        variable="OPENAI_API_KEY",
        setting="integrations.openai",
    ),
    Added(
        name="google-analytics",
        description="API secret of Google Analytics",
        variable="GOOGLE_ANALYTICS_KEY",
        setting="integrations.google_analytics",
    ),
    Added(
        name="elasticsearch",
        description="Address of the search service, with user and password",
        variable="SEARCH_URL",
        setting="integrations.elasticsearch",
    ),
)

MAIL: Mapping[str, Added] = {
    "sendgrid": Added(
        name="sendgrid",
        description="API key of SendGrid",
        variable="SENDGRID_API_KEY",
        setting="integrations.mail",
        for_mail=True,
    ),
    "smtp": Added(
        name="smtp",
        description="Address of the SMTP server, with user and password: smtp://user:password@host:587",
        variable="SMTP_URL",
        setting="integrations.mail",
        for_mail=True,
    ),
}


def jwt(algorithm: str) -> Added:
    """The key of the access tokens."""
    return Added(
        name="jwt",
        description=JWT_KEYS[algorithm],
        variable="JWT_KEY",
        setting="application.auth.jwt_algorithm",
    )


def secrets_path(settings: Settings) -> str:
    """What every slot's name begins with."""
    return settings.secrets.path or f"{settings.system}/{settings.environment}"


def added(settings: Settings) -> tuple[Added, ...]:
    """The slots that the stack adds to `secrets.slots`."""
    return tuple(_added(settings))


def all_slots(settings: Settings) -> dict[str, Slot]:
    """Every secret that the stack makes room for."""
    return {**{one.name: _slot(one) for one in added(settings)}, **settings.secrets.slots}


def slots_of(settings: Settings, service: Service) -> dict[str, Slot]:
    """The secrets that one service reads."""
    hidden = {one.name for one in added(settings) if not _readable(one, service)}
    return {
        name: slot
        for name, slot in all_slots(settings).items()
        if name not in hidden and (service.secrets is None or name in service.secrets)
    }


def _added(settings: Settings) -> Iterator[Added]:
    yield jwt(settings.application.auth.jwt_algorithm)
    for one in INTEGRATIONS:
        if getattr(settings.integrations, one.setting.removeprefix("integrations.")):
            yield one
    if settings.integrations.mail in MAIL:
        yield MAIL[settings.integrations.mail]


def _readable(one: Added, service: Service) -> bool:
    return not one.agents_only and ("mail" in service.uses or not one.for_mail)


def _slot(one: Added) -> Slot:
    return Slot(description=one.description, variable=one.variable)
