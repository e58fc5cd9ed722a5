"""A pointer to a secret value: everything a reader needs, never the value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pulumi


@dataclass(frozen=True, kw_only=True)
class SecretRef:
    """Where a secret value lies: the secret, the JSON field inside it (None: the whole text) and its key."""

    arn: pulumi.Input[str]
    key: str | None = None
    kms_key_arn: pulumi.Input[str] | None = None

    def field(self, key: str) -> SecretRef:
        """The same secret, pointing at one field of its JSON text."""
        return replace(self, key=key)

    def value_from(self) -> pulumi.Output[str]:
        """What ECS expects in a container's `valueFrom`: the ARN, or `arn:field::` for one JSON field."""
        # AWS: "Pass Secrets Manager secrets through Amazon ECS environment variables":
        # arn:…:secret-name:json-key:version-stage:version-id, empty parts meaning the current version.
        suffix = "" if self.key is None else f":{self.key}::"
        return pulumi.Output.concat(self.arn, suffix)


def copied_to(region: str, arn: pulumi.Output[str]) -> pulumi.Output[str]:
    """The ARN of a secret's copy in another region: the same but for the region, its random end included."""
    # AWS: "Replicate AWS Secrets Manager secrets across Regions", Secrets Manager user guide; per general knowledge.
    return arn.apply(lambda known: ":".join([*known.split(":")[:3], region, *known.split(":")[4:]]))
