"""A secret whose random part is made once and then only ever read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi

from components.secret_ref import SecretRef


@dataclass(frozen=True, kw_only=True)
class GeneratedSecretArgs:
    """The random value is the JSON field `generated_field`; `fixed_fields` stand beside it.

    `version` is raised by one to make a new value.
    """

    description: str
    generated_field: str
    fixed_fields: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    length: int = 32
    exclude_characters: str = "\"@/\\'` "
    version: int = 1
    kms_key_arn: pulumi.Input[str] | None = None
    recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class GeneratedSecret(pulumi.ComponentResource):
    """A secret in Secrets Manager with one random field that no program run can change by accident."""

    arn: pulumi.Output[str]
    value: pulumi.Output[str]
    ref: SecretRef

    def __init__(
        self,
        name: str,
        args: GeneratedSecretArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("plinth:secrets:GeneratedSecret", name, {}, opts)
