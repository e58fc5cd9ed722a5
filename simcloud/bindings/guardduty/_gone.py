"""How GuardDuty says that there is no such detector: with the code of any bad request."""

from __future__ import annotations

from botocore.exceptions import ClientError


def is_gone(error: ClientError) -> bool:
    """Whether `error` means that the detector does not exist."""
    return "is not owned by the current account" in str(error.response.get("Error", {}).get("Message", ""))
