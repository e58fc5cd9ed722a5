"""The secrets of one environment: a key, and named slots that people fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.errors import ComponentError
from components.key import Key, KeyArgs
from components.secret_ref import SecretRef


@dataclass(frozen=True, kw_only=True)
class SecretsArgs:
    """`names` maps a slot to what belongs into it; the secret's name is `<path>/<slot>`.

    `recovery_window_days` is 0 (deleted at once) or 7 to 30.
    """

    path: str
    names: Mapping[str, str]
    recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Secrets(pulumi.ComponentResource):
    """Empty secrets under one path, encrypted with a key of their own; values are never set by code."""

    component_name: str
    key_arn: pulumi.Output[str]
    names: Mapping[str, pulumi.Output[str]]
    arns: Mapping[str, pulumi.Output[str]]

    def __init__(self, name: str, args: SecretsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check_recovery(name, args.recovery_window_days)
        super().__init__("plinth:secrets:Secrets", name, {}, opts)
        self.component_name = name
        self._args = args
        self.key_arn = self._key().arn
        slots = {slot: self._slot(slot, purpose) for slot, purpose in args.names.items()}
        self.names = {slot: secret.name for slot, secret in slots.items()}
        self.arns = {slot: secret.arn for slot, secret in slots.items()}
        self.register_outputs({"key_arn": self.key_arn, "names": dict(self.names)})

    def ref(self, slot: str) -> SecretRef:
        """The pointer to one slot; a ComponentError names the known slots when there is no such one."""
        if slot not in self.arns:
            raise self._unknown(slot)
        return SecretRef(arn=self.arns[slot], kms_key_arn=self.key_arn)

    def _key(self) -> Key:
        args = KeyArgs(
            alias=self.component_name,
            description=f"Secrets under {self._args.path}",
            protect=self._args.protect,
            tags=self._args.tags,
        )
        return Key(f"{self.component_name}-key", args, pulumi.ResourceOptions(parent=self))

    def _slot(self, slot: str, purpose: str) -> aws.secretsmanager.Secret:
        name = f"{self.component_name}-{slot}"
        return aws.secretsmanager.Secret(
            name,
            name=f"{self._args.path}/{slot}",
            description=purpose,
            kms_key_id=self.key_arn,
            recovery_window_in_days=self._args.recovery_window_days,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=self._args.protect or None),
        )

    def _unknown(self, slot: str) -> ComponentError:
        return ComponentError(
            self.component_name,
            f"there is no secret `{slot}`",
            expected=f"one of {', '.join(sorted(self.arns)) or 'none, because no names were given'}",
            fix=f"add `{slot}` to `names`, or use a known one",
        )


def _check_recovery(where: str, days: int) -> None:
    # AWS: DeleteSecret, RecoveryWindowInDays: 7 to 30; the provider takes 0 as "without recovery".
    if days == 0 or 7 <= days <= 30:
        return
    raise ComponentError(
        where,
        f"a recovery window of {days} day(s)",
        expected="0 (deleted at once) or 7 to 30 days",
        fix="set `recovery_window_days` to one of these",
    )
