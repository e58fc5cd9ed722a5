"""The settings of the standby stack, from those of the first region's."""

from ipaddress import IPv4Network
from typing import Any

from stacks.settings.database import Database
from stacks.settings.root import Settings
from stacks.settings.service import Service


def standing_by(settings: Settings) -> Settings:
    """What runs in the second region: the same product, as small as it is told, with nothing that there is once.

    There is once: the edge's names, the site, the tests from outside, the budget, the roles of GitHub, further copies.
    """
    regions = settings.regions
    changes: dict[str, Any] = {
        "network": settings.network.model_copy(
            update={
                "cidr_block": second_range(settings),
                "public_cidrs": None,
                "private_cidrs": None,
                "database_cidrs": None,
            }
        ),
        "domain": settings.domain.model_copy(
            update={
                "parent_zone_id": None,
                "existing_viewer_certificate_arn": None,
                "existing_origin_certificate_arn": None,
            }
        ),
        "site": None,
        "services": {name: _service(settings, one) for name, one in settings.services.items()},
        "database": _database(settings) if has_database(settings) else None,
        "watching": settings.watching.model_copy(update={"uptime_check": False, "canary": None}),
        "budget": settings.budget.model_copy(update={"monthly_usd": None, "lines": {}, "unusual_usd": None}),
        "ci": settings.ci.model_copy(update={"repository": None}),
        "regions": regions.model_copy(
            update={
                "second": None,
                "uploads": False,
                "secrets": False,
                "backups": False,
                "dumps": False,
                "database": "none",
            }
        ),
    }
    return settings.model_copy(update=changes)


def second_range(settings: Settings) -> str:
    """`regions.cidr_block`, or the range of the same size behind the first region's: so the two can be connected."""
    if settings.regions.cidr_block is not None:
        return settings.regions.cidr_block
    first = IPv4Network(settings.network.cidr_block)
    return str(IPv4Network((int(first.network_address) + first.num_addresses, first.prefixlen)))


def has_database(settings: Settings) -> bool:
    """Whether the standby has one: the replica, or what is restored on the bad day. An empty one would be no help."""
    if settings.database is None:
        return False
    return settings.regions.database == "replica" or settings.database.restore_snapshot is not None


def _database(settings: Settings) -> Database | None:
    """Before a server that follows another one stands no pooler."""
    if settings.database is None or settings.regions.database != "replica":
        return settings.database
    return settings.database.model_copy(update={"pooler": None})


def _service(settings: Settings, one: Service) -> Service:
    """Without scaling, which would start tasks that nobody asked for; and what only a database gives, if it has one."""
    renamed = one.renamed
    if not has_database(settings):
        renamed = {name: given for name, given in renamed.items() if not given.startswith("DATABASE_")}
    return one.model_copy(
        update={"desired_count": settings.regions.standby_tasks, "scaling": None, "renamed": renamed}
    )
