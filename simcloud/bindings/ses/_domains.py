"""What a domain's name looks like to SES."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Value

_LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*\.?")


def problems(domain: Value, path: str, code: str = "InvalidParameterValue") -> Iterator[Refusal]:
    """A name that is no domain."""
    if isinstance(domain, str) and not (_DOMAIN.fullmatch(domain) and len(domain) <= 255):
        yield Refusal(code, f"Invalid domain name {domain}.", path)


def sender_problems(
    sender: Value, identity: Value, path: str, code: str = "InvalidParameterValue"
) -> Iterator[Refusal]:
    """A MAIL FROM domain that is not below the identity's."""
    # AWS: «Using a custom MAIL FROM domain», SES Developer Guide: a subdomain; from memory, not verified.
    if not isinstance(sender, str) or not isinstance(identity, str):
        return
    domain = identity.rsplit("@", 1)[-1]
    if not sender.endswith(f".{domain}"):
        yield Refusal(
            code,
            f"Provided MAIL-FROM domain '{sender}' is not subdomain of the domain of the identity '{domain}'.",
            path,
        )
