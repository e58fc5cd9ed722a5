"""A customer-managed KMS key that rotates, with the policy its users need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi


@dataclass(frozen=True, kw_only=True)
class KeyArgs:
    """`alias` is without the `alias/` prefix."""

    alias: str
    description: str
    deletion_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Key(pulumi.ComponentResource):
    """One encryption key, usable by this account's principals, its log groups and its alarms."""

    arn: pulumi.Output[str]
    key_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: KeyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:key:Key", name, {}, opts)
