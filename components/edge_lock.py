"""The secret by which a gateway knows its own edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi

from components.errors import ComponentError
from components.gateway_ingress import RequiredHeader
from components.generated_secret import GeneratedSecret, GeneratedSecretArgs

HEADER = "x-origin-verify"
_FIELD = "value"
# Letters and digits only: the value stands in headers, and * and ? are wildcards to a listener rule.
_LENGTH = 48
_SLOTS = ("a", "b")


@dataclass(frozen=True, kw_only=True)
class OriginLockArgs:
    """`generation` counts steps, beginning at 1. Raised by one and deployed, and so once more, it ends the use of the
    value sent now; at no moment does the gateway refuse what the edge sends.
    """

    generation: int = 1
    kms_key_arn: pulumi.Input[str] | None = None
    recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """Which version each of the two secrets has at some generation, and which of them the edge sends."""

    versions: tuple[int, int]
    sent: int


class OriginLock(pulumi.ComponentResource):
    """Two secrets in Secrets Manager: the edge sends one, the gateway takes both.

    Nobody sees a value: it is drawn by AWS, written once, read back, and encrypted in Pulumi's state.
    """

    component_name: str
    sent: pulumi.Output[str]
    header: RequiredHeader

    def __init__(self, name: str, args: OriginLockArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:edge:OriginLock", name, {}, opts)
        self.component_name = name
        turn = turn_of(args.generation)
        secrets = [
            self._secret(f"{name}-{slot}", version, args)
            for slot, version in zip(_SLOTS, turn.versions, strict=True)
        ]
        self.sent = secrets[turn.sent].value
        self.header = RequiredHeader(name=HEADER, values=[secret.value for secret in secrets])
        self.register_outputs({"secret_arns": [secret.arn for secret in secrets]})

    def _secret(self, name: str, version: int, args: OriginLockArgs) -> GeneratedSecret:
        generated = GeneratedSecretArgs(
            description="By this header the load balancer knows its edge",
            generated_field=_FIELD,
            length=_LENGTH,
            punctuation=False,
            version=version,
            kms_key_arn=args.kms_key_arn,
            recovery_window_days=args.recovery_window_days,
            protect=args.protect,
            tags=args.tags,
        )
        return GeneratedSecret(name, generated, pulumi.ResourceOptions(parent=self))


def turn_of(generation: int) -> Turn:
    """Odd steps renew the secret that is not sent, even steps send the other: each changes one side only."""
    step = generation - 1
    return Turn(versions=(1 + (step + 2) // 4, 1 + step // 4), sent=((step + 1) // 2) % 2)


def _check(where: str, args: OriginLockArgs) -> None:
    if args.generation >= 1:
        return
    raise ComponentError(
        where,
        f"the lock is to be of generation {args.generation}",
        expected="1, raised by one for every step of a rotation",
        fix="correct generation; it never goes back",
    )
