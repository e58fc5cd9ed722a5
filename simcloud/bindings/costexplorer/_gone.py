"""Cost Explorer's ways to say that something does not exist."""

from __future__ import annotations

from botocore.exceptions import ClientError

_CODES = ("UnknownMonitorException", "UnknownSubscriptionException")


def is_gone(error: ClientError) -> bool:
    """Whether `error` means that the monitor or subscription does not exist."""
    return error.response.get("Error", {}).get("Code") in _CODES
