"""Settings that are legal one by one and cannot be together."""

from collections.abc import Callable, Iterator, Sequence

from stacks.settings.contradictions.alarms import alarms
from stacks.settings.contradictions.application import application
from stacks.settings.contradictions.backup import backup
from stacks.settings.contradictions.budget import budget
from stacks.settings.contradictions.cache import cache
from stacks.settings.contradictions.cloudflare import cloudflare
from stacks.settings.contradictions.compliance import compliance
from stacks.settings.contradictions.database import database
from stacks.settings.contradictions.deployment import deployment
from stacks.settings.contradictions.domain import domain
from stacks.settings.contradictions.edge import edge
from stacks.settings.contradictions.ground import ground
from stacks.settings.contradictions.hosting import hosting
from stacks.settings.contradictions.names import names
from stacks.settings.contradictions.network import network
from stacks.settings.contradictions.plans import plans
from stacks.settings.contradictions.promises import promises
from stacks.settings.contradictions.public_names import public_names
from stacks.settings.contradictions.recovery import recovery
from stacks.settings.contradictions.regions import regions
from stacks.settings.contradictions.secrets import secrets
from stacks.settings.contradictions.service import service
from stacks.settings.contradictions.tasks import tasks
from stacks.settings.problem import Problem
from stacks.settings.root import Settings

ALL: Sequence[Callable[[Settings], Iterator[Problem]]] = (
    hosting,
    network,
    domain,
    public_names,
    edge,
    cloudflare,
    names,
    service,
    deployment,
    tasks,
    application,
    database,
    cache,
    plans,
    secrets,
    promises,
    alarms,
    backup,
    budget,
    ground,
    regions,
    recovery,
    compliance,
)


def contradictions(settings: Settings) -> list[Problem]:
    """Every contradiction in `settings`."""
    return [problem for check in ALL for problem in check(settings)]
