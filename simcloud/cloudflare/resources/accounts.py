"""Accounts and tokens: the token reaches every account that somebody names."""

from __future__ import annotations

from simcloud.cloudflare.call import Body, Call
from simcloud.cloudflare.collection import require_scope
from simcloud.cloudflare.routing import Page, Route

ACCOUNT_ID = "51ca7ed0c10d00000000000000000001"
"""The account that a simulated token belongs to. Any other well-formed id is taken for an account it reaches too,
since a program brings its own."""
_CREATED = "2026-01-01T00:00:00.000000Z"


def account(identity: str = ACCOUNT_ID) -> Body:
    """An account as the API answers it."""
    return {
        "id": identity,
        "name": "Simulated account",
        "type": "standard",
        "settings": {"abuse_contact_email": None, "enforce_twofactor": False},
        "managed_by": None,
        "created_on": _CREATED,
    }


def _listed(call: Call) -> Page:
    found = [account()] if call.query.get("name", "Simulated account") == "Simulated account" else []
    return Page(found, 1, 20, len(found))


def _read(call: Call) -> Body:
    require_scope(call)
    return account(call.params["account_id"])


def _verified(_: Call) -> Body:
    return {"id": "51ca7ed0c10d0000000000000000f00d", "status": "active"}


ROUTES = [
    Route("GET", "/accounts", _listed),
    Route("GET", "/accounts/{account_id}", _read),
    Route("GET", "/user/tokens/verify", _verified),
    Route("GET", "/accounts/{account_id}/tokens/verify", _verified),
]
