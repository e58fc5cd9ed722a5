"""No database has a public address.

Matters here because the schema's default is private and only a deliberate line makes a database public.
"""

from collections.abc import Iterator

from policies import tokens
from policies.resource import Resource
from policies.verdict import Verdict, require

TYPES = (tokens.DB_INSTANCE, tokens.DB_CLUSTER_INSTANCE)


def check(database: Resource) -> Iterator[Verdict]:
    public = database.at("publiclyAccessible")
    yield require(~public.is_true(), "is true", public.path)
