"""What the database's and the cache's component would refuse when the rest of the stack already stands."""

from collections.abc import Iterator

from components import cache_plan, database_plan
from components.database_args import DatabaseArgs
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.contradictions.cache import cache
from stacks.settings.contradictions.database import database
from stacks.settings.data_args import Place, cache_args, database_args
from stacks.settings.database import Database
from stacks.settings.problem import Problem
from stacks.settings.root import Settings

# Where they stand decides nothing of what is checked.
SUBNETS = ("a", "b", "c")
SOMEWHERE = Place(vpc_id="vpc", subnet_ids=SUBNETS, function_subnet_ids=SUBNETS, kms_key_arn="key")


def plans(settings: Settings) -> Iterator[Problem]:
    """Engines, classes, parameters and modes that do not go together; only where the settings' own checks pass."""
    if (db := settings.database) is not None and not list(database(settings)):
        where = f"{settings.prefix}-database"
        yield from refused(
            "database", ("database",), lambda: database_plan.decide(where, _database(settings, db))
        )
    if (store := settings.cache) is not None and not list(cache(settings)):
        where = f"{settings.prefix}-cache"
        yield from refused(
            "cache", ("cache",), lambda: cache_plan.decide(where, cache_args(settings, store, SOMEWHERE))
        )


def _database(settings: Settings, db: Database) -> DatabaseArgs:
    zones = [f"{settings.region}{letter}" for letter in "abc"[: settings.network.az_count]]
    return database_args(settings, db, SOMEWHERE, zones)
