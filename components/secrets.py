"""The secrets of one environment: a key, and named slots that people fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi

from components.secret_ref import SecretRef


@dataclass(frozen=True, kw_only=True)
class SecretsArgs:
    """`names` maps a slot to what belongs into it; the secret's name is `<path>/<slot>`."""

    path: str
    names: Mapping[str, str]
    recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Secrets(pulumi.ComponentResource):
    """Empty secrets under one path, encrypted with a key of their own; values are never set by code."""

    key_arn: pulumi.Output[str]
    names: Mapping[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: SecretsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:secrets:Secrets", name, {}, opts)

    def ref(self, slot: str) -> SecretRef:
        """The pointer to one slot; an unknown slot is refused with the known ones."""
        raise AssertionError("body follows")
