"""AWS's managed policies, parsed once and late: moto parses them for every account and partition, and at once."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from moto.iam.models import IAMBackend

from simcloud.own_ids import own_ids

_KEPT = "_kept_policies"
_init_aws_policies = IAMBackend._init_aws_policies


def parse_late() -> None:
    """Take effect; only the `aws` partition has any, and accounts share what was parsed first."""
    backend: Any = IAMBackend
    backend._init_aws_policies = lambda _: []
    backend.managed_policies = property(_policies, lambda *_: None)


def _policies(backend: Any) -> dict[str, Any]:
    """All of an account, its own included."""
    if _KEPT not in vars(backend):
        # Copies, because attaching a policy counts on the policy itself.
        shared = _parsed(backend.account_id) if backend.region_name == "aws" else ()
        vars(backend)[_KEPT] = {policy.arn: copy.copy(policy) for policy in shared}
    kept: dict[str, Any] = vars(backend)[_KEPT]
    return kept


@cache
def _parsed(account: str) -> tuple[Any, ...]:
    backend = IAMBackend.__new__(IAMBackend)
    backend.region_name, backend.account_id = "aws", account
    with own_ids(f"managed policies/{account}"):
        return tuple(_init_aws_policies(backend))
