"""Whom the policies of resources name: AWS refuses a policy with a principal that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from moto.backends import get_backend

from simcloud.context import Context
from simcloud.policy_document import Grammar, statements
from simcloud.refusal import Refusal
from simcloud.values import Value

_OWN = re.compile(r"arn:[^:]+:iam::(?P<account>\d{12}):(?P<kind>role|user)/(?P<name>.+)")


def missing(ctx: Context, document: Value, path: str, grammar: Grammar) -> Iterator[Refusal]:
    """The roles and users of this account that `document` names and that are not there."""
    for principal in named(document):
        found = _OWN.fullmatch(principal)
        # AWS makes service-linked roles by itself when a service is first used.
        if found and found["name"].startswith("aws-service-role/"):
            continue
        if found and found["account"] == ctx.account and not _exists(ctx, found["kind"], found["name"]):
            yield Refusal(grammar.code, f'Invalid principal in policy: "AWS":"{principal}".', path)


def named(document: Value) -> Iterator[str]:
    """Every AWS principal of a document."""
    for statement in statements(document):
        for element in ("Principal", "NotPrincipal"):
            principal = statement.get(element)
            if isinstance(principal, Mapping):
                yield from (str(item) for item in _listed(principal.get("AWS", [])))


def _exists(ctx: Context, kind: str, path: str) -> bool:
    """By name and path: `role/service/app` is the role `app` in `/service/`."""
    backend: Any = get_backend("iam")[ctx.account]["aws"]
    name = path.rsplit("/", 1)[-1]
    if kind == "role":
        return any(role.name == name for role in backend.roles.values())
    return name in backend.users


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
