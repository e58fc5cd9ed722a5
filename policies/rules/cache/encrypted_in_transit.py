"""Clients speak TLS to the cache, and only TLS.

Matters here because sessions, tokens and rate limits travel there; `preferred` still lets plain text through.
"""

from collections.abc import Iterator

from policies import tokens
from policies.resource import Resource
from policies.verdict import Verdict, require, require_true
from policies.view import Truth

TYPES = (tokens.CACHE_REPLICATION_GROUP,)


def check(group: Resource) -> Iterator[Verdict]:
    encrypted = group.at("transitEncryptionEnabled")
    yield require_true(encrypted, "is not true")
    if encrypted.is_true() is Truth.TRUE:
        mode = group.at("transitEncryptionMode")
        yield require(~mode.equals("preferred"), "lets clients connect without TLS", mode.path)
