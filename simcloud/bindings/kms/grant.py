from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_PRINCIPAL = re.compile(
    r"arn:[^:]+:(iam|sts)::(\d{12}):(root|(role|user|assumed-role)/.+)|[a-z0-9.-]+\.amazonaws\.com"
)


class Grant(Binding):
    """Leave to use a key, beside its policy. The id is `key:grant`."""

    token = "aws:kms/grant:Grant"
    service = "kms"
    operation = "create_grant"
    parameters = {"Constraints": "constraints"}
    replaces = frozenset(
        {
            "constraints",
            "grantCreationTokens",
            "granteePrincipal",
            "keyId",
            "name",
            "operations",
            "retiringPrincipal",
        }
    )
    defaults = {"retireOnDelete": False}
    autoname = AutoName(limit=256)
    references = (Reference("keyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "KeyId": new["keyId"],
                "Name": new["name"],
                "GranteePrincipal": new["granteePrincipal"],
                "Operations": new["operations"],
                "Constraints": _constraints(new.get("constraints")),
                "RetiringPrincipal": new.get("retiringPrincipal"),
                "GrantTokens": new.get("grantCreationTokens"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        made = ctx.client("kms").create_grant(**self.request(ctx, new))
        return f"{new['keyId']}:{made['GrantId']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        key, grant_id = identity.rsplit(":", 1)
        listed = ctx.client("kms").list_grants(KeyId=key)["Grants"]
        grant = next((one for one in listed if one["GrantId"] == grant_id), None)
        if grant is None:
            return None
        constraints = _words.from_api(grant.get("Constraints") or None, {})
        return {
            "keyId": key,
            "grantId": grant_id,
            # AWS tells the token only once.
            "grantToken": given.get("grantToken", ""),
            "name": grant.get("Name", ""),
            "granteePrincipal": grant["GranteePrincipal"],
            "operations": grant["Operations"],
            "retiringPrincipal": grant.get("RetiringPrincipal"),
            "constraints": [constraints] if constraints else None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        key, grant_id = identity.rsplit(":", 1)
        kms = ctx.client("kms")
        if old.get("retireOnDelete"):
            kms.retire_grant(KeyId=kms.describe_key(KeyId=key)["KeyMetadata"]["Arn"], GrantId=grant_id)
        else:
            kms.revoke_grant(KeyId=key, GrantId=grant_id)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # From memory of AWS's documentation, not verified: CreateGrant, AWS KMS API Reference.
        for name in ("granteePrincipal", "retiringPrincipal"):
            principal = new.get(name)
            if isinstance(principal, str) and not _PRINCIPAL.fullmatch(principal):
                yield Refusal("InvalidArnException", f"{principal!r} is not the ARN of a principal.", name)
        for position, constraint in enumerate(_listed(new.get("constraints"))):
            if isinstance(constraint, Mapping) and len(constraint) != 1:
                yield Refusal(
                    "ValidationException",
                    "a constraint is either encryptionContextEquals or encryptionContextSubset.",
                    f"constraints[{position}]",
                )
        if not _listed(new["operations"]) and isinstance(new["operations"], list):
            yield Refusal("ValidationException", "at least one operation is needed.", "operations")


def _listed(value: Value) -> list[Any]:
    return value if isinstance(value, list) else []


def _constraints(given: Value) -> Value:
    if not isinstance(given, list):
        return given
    return (
        _words.to_api({key: value for item in given for key, value in item.items()}, {})
        if _flat(given)
        else None
    )


def _flat(given: list[Any]) -> bool:
    return bool(given) and all(isinstance(item, Mapping) for item in given)
