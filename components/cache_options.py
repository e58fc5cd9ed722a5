"""What a cache can be, and what it can have besides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pulumi


class CacheMode(StrEnum):
    """SINGLE: one node. REPLICATED: one shard with replicas. CLUSTER: several shards. SERVERLESS: no nodes at all."""

    SINGLE = "single"
    REPLICATED = "replicated"
    CLUSTER = "cluster"
    SERVERLESS = "serverless"


class CacheAuth(StrEnum):
    """TOKEN: one password for all. RBAC: a user with rights of its own. NONE: whoever gets through the firewall."""

    TOKEN = "token"
    RBAC = "rbac"
    NONE = "none"


class Tls(StrEnum):
    """PREFERRED takes connections with and without TLS: the step between OFF and REQUIRED."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    OFF = "off"


class CacheWorkload(StrEnum):
    """What happens when the memory is full.

    CACHE: what was not used for longest goes. SESSIONS: of what has an end, what was not used for longest goes.
    QUEUE: nothing goes, writes fail.
    """

    CACHE = "cache"
    SESSIONS = "sessions"
    QUEUE = "queue"


@dataclass(frozen=True, kw_only=True)
class Serverless:
    """Bounds of what grows by itself; None: AWS's. AWS: CreateServerlessCache, per reference notes."""

    max_storage_gb: int | None = None
    """1 to 5000. Beyond it things are evicted or refused, and not paid for."""

    max_ecpu_per_second: int | None = None
    """1000 to 15000000 (one is about one simple command). Beyond it commands are throttled."""


@dataclass(frozen=True, kw_only=True)
class CacheUser:
    """The user of applications (auth `rbac`)."""

    name: str = "app"
    """What clients log in as; not `default`."""

    access: str = "on ~* &* +@all -@dangerous +info"
    """What it may do. AWS: "Specifying permissions using an access string", per reference notes."""


@dataclass(frozen=True, kw_only=True)
class ExistingCache:
    """What is there already and is used instead of made; only `allow_from` adds to it, its rules."""

    subnet_group_name: pulumi.Input[str] | None = None
    parameter_group_name: pulumi.Input[str] | None = None
    """`parameters` and `workload` cannot be given beside it."""

    security_group_id: pulumi.Input[str] | None = None
    user_group_id: pulumi.Input[str] | None = None
    """Its users' passwords are known to whoever made it: the cache then has no secret."""
