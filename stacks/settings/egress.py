"""The ports on which a service may connect to the internet."""

from collections.abc import Iterator

from stacks.settings.root import Settings
from stacks.settings.service import Service
from stacks.settings.slots import INTEGRATIONS, slots_of

HTTPS, SUBMISSION = 443, 587
_OVER_HTTPS = frozenset(one.name for one in INTEGRATIONS)


def ports_of(settings: Settings, service: Service) -> tuple[int, ...]:
    """Those of `egress_ports`, and those without which what the service was given could not be used."""
    return tuple(dict.fromkeys((*service.egress_ports, *_needed(settings, service))))


def _needed(settings: Settings, service: Service) -> Iterator[int]:
    if settings.integrations.datadog or _OVER_HTTPS & slots_of(settings, service).keys():
        yield HTTPS
    if "mail" in service.uses and settings.integrations.mail in ("ses", "sendgrid"):
        yield HTTPS
    if "mail" in service.uses and settings.integrations.mail == "smtp":
        yield SUBMISSION
