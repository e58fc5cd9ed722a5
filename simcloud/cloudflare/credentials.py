"""What the provider is told to log in with."""

from __future__ import annotations

from collections.abc import Mapping

_WAYS = ("apiToken", "apiKey", "apiUserServiceKey")


def credentials_problem(variables: Mapping[str, str]) -> str:
    """What is wrong with a provider's configuration, in one sentence; empty if nothing is.

    Any credential will do. None at all may be right as well: the real provider then takes CLOUDFLARE_API_TOKEN from
    the engine's environment, which an attached provider does not see; `plinth sim env` always sets it.
    """
    given = [name for name in _WAYS if name in variables]
    if len(given) > 1:
        return f"must provide only one of {', '.join(_WAYS)}; given are {', '.join(given)}."
    if "apiKey" in given and not variables.get("email"):
        return "apiKey needs email as well. Fix: set cloudflare:email, or use cloudflare:apiToken instead."
    empty = [name for name in given if not variables[name].strip()]
    if empty:
        return f"{empty[0]} is empty. Fix: pulumi config set --secret cloudflare:{empty[0]} <value>"
    return ""
