"""Database, cache, admin and metrics ports are never open to the internet.

Matters here because PostgreSQL, Redis and MySQL are one forgotten debugging rule away from every scanner;
security groups are made from relations between components, and this catches what is written past them.
"""

from collections.abc import Iterator

from policies.firewall import INGRESS_TYPES, ingresses
from policies.resource import Resource
from policies.verdict import Verdict, require
from policies.view import all_of

TYPES = INGRESS_TYPES

# Security Hub EC2.19's list plus Redis, Memcached, MongoDB and metrics endpoints.
# Per reference notes, not verified against AWS.
HIGH_RISK_PORTS = (
    *(20, 21, 22, 23, 25, 110, 135, 143, 445),
    *(1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601),
    *(6379, 8080, 8088, 8888, 9090, 9100, 9200, 9300, 11211, 27017),
)


def check(resource: Resource) -> Iterator[Verdict]:
    for opening in ingresses(resource):
        exposed = all_of([opening.from_world, opening.reaches(*HIGH_RISK_PORTS)])
        yield require(
            ~exposed,
            "opens a database, cache or admin port to the internet",
            opening.path,
        )
