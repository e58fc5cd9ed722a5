"""What can be lost, and to what."""

from __future__ import annotations

from enum import StrEnum


class Store(StrEnum):
    """A part that has objectives of its own, and the whole of them."""

    APPLICATION = "application"
    DATABASE = "database"
    CACHE = "cache"
    OBJECTS = "objects"
    WHOLE = "whole"


PARTS = (Store.APPLICATION, Store.DATABASE, Store.CACHE, Store.OBJECTS)
"""All but the whole."""


class Scope(StrEnum):
    """What happened."""

    ZONE = "zone"
    """A machine or an availability zone is gone; the region stands."""

    MISTAKE = "mistake"
    """Data was deleted or spoilt. Standbys and replicas did the same a moment later: only the past helps."""

    REGION = "region"
    """All that is in the region is gone, backups that lie there included."""
