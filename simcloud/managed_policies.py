"""AWS's managed policies, parsed once: moto parses them for every partition and after every reset (0.8 s)."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from moto.iam.models import IAMBackend

_init_aws_policies = IAMBackend._init_aws_policies


def parse_once() -> None:
    """Let every IAM backend of the `aws` partition share what the first one parsed; other partitions have none."""
    replacement: Any = _shared
    IAMBackend._init_aws_policies = replacement  # type: ignore[method-assign]


def _shared(backend: IAMBackend) -> list[Any]:
    if backend.region_name != "aws":
        return []
    # Copies, because attaching a policy counts on the policy itself.
    return [copy.copy(policy) for policy in _parsed(backend.account_id)]


@cache
def _parsed(account: str) -> tuple[Any, ...]:
    backend = IAMBackend.__new__(IAMBackend)
    backend.region_name, backend.account_id = "aws", account
    return tuple(_init_aws_policies(backend))
