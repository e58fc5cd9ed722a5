"""How Security Hub says that it is off."""

from __future__ import annotations

from botocore.exceptions import ClientError


def is_gone(error: ClientError) -> bool:
    """Whether `error` means that the account has no hub here."""
    details = error.response.get("Error", {})
    return details.get("Code") == "InvalidAccessException" and "not subscribed" in str(details.get("Message"))
