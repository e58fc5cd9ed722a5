"""A private image registry whose tags never move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi


@dataclass(frozen=True, kw_only=True)
class RegistryArgs:
    """`keep_images` is how many images stay; older ones expire."""

    kms_key_arn: pulumi.Input[str] | None = None
    keep_images: int = 50
    force_delete: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Registry(pulumi.ComponentResource):
    """One ECR repository: immutable tags, scanned on push, old images expired."""

    url: pulumi.Output[str]
    arn: pulumi.Output[str]
    name: pulumi.Output[str]

    def __init__(
        self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:registry:Registry", name, {}, opts)
