"""Ids and entity tags as CloudFront gives them out."""

from __future__ import annotations

import secrets
import string

_LETTERS = string.ascii_uppercase + string.digits


def entity_tag() -> str:
    """A version of a resource: `E` and 13 letters or digits."""
    return "E" + "".join(secrets.choice(_LETTERS) for _ in range(13))
