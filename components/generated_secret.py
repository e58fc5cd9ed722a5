"""A secret whose random part is made once and then only ever read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.secret_ref import SecretRef

# RDS refuses / @ " and space in a master password; the rest is what shells and URLs trip over.
_AWKWARD = "\"@/\\'`%:?#&+ "


@dataclass(frozen=True, kw_only=True)
class GeneratedSecretArgs:
    """The random value is the JSON field `generated_field`; `fixed_fields` stand beside it.

    `version` is raised by one to make a new value. `punctuation` False leaves letters and digits.
    `copies` maps regions that get a copy, which follows every change, to keys of these regions.
    """

    description: str
    generated_field: str
    fixed_fields: Mapping[str, str] = field(default_factory=dict)
    length: int = 32
    punctuation: bool = True
    version: int = 1
    kms_key_arn: pulumi.Input[str] | None = None
    copies: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    recovery_window_days: int = 30
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class GeneratedSecret(pulumi.ComponentResource):
    """A secret in Secrets Manager with one random field that no program run changes by accident.

    Every run of the program draws a new random value, but only a new `version` writes it (the value is a
    write-only attribute). Whoever needs the value gets it read back from the secret, after the write: a run
    that dies between writing the secret and using it leaves nothing that the next run would contradict.
    Pulumi's state holds the value only encrypted.
    """

    arn: pulumi.Output[str]
    value: pulumi.Output[str]
    ref: SecretRef

    def __init__(
        self, name: str, args: GeneratedSecretArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:secrets:GeneratedSecret", name, {}, opts)
        secret = self._secret(name, args)
        version = self._written_once(name, args, secret)
        # The version's ARN is the secret's; whoever takes it from here waits until there is a value.
        self.arn = version.secret_arn
        self.value = self._read_back(args, version)
        self.ref = SecretRef(arn=self.arn, key=args.generated_field, kms_key_arn=args.kms_key_arn)
        self.register_outputs({"arn": self.arn})

    def _secret(self, name: str, args: GeneratedSecretArgs) -> aws.secretsmanager.Secret:
        return aws.secretsmanager.Secret(
            name,
            description=args.description,
            kms_key_id=args.kms_key_arn,
            recovery_window_in_days=args.recovery_window_days,
            replicas=_replicas(args.copies),
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect or None),
        )

    def _written_once(
        self, name: str, args: GeneratedSecretArgs, secret: aws.secretsmanager.Secret
    ) -> aws.secretsmanager.SecretVersion:
        return aws.secretsmanager.SecretVersion(
            f"{name}-value",
            secret_id=secret.id,
            secret_string_wo=self._drawn(args),
            secret_string_wo_version=args.version,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _drawn(self, args: GeneratedSecretArgs) -> pulumi.Output[str]:
        drawn = aws.secretsmanager.get_random_password_output(
            password_length=args.length,
            exclude_punctuation=not args.punctuation,
            exclude_characters=_AWKWARD,
            require_each_included_type=True,
            opts=pulumi.InvokeOutputOptions(parent=self),
        )
        return _secret(
            drawn.random_password.apply(
                lambda value: json.dumps({**args.fixed_fields, args.generated_field: value})
            )
        )

    def _read_back(
        self, args: GeneratedSecretArgs, version: aws.secretsmanager.SecretVersion
    ) -> pulumi.Output[str]:
        # Without a version id: whoever rotates the secret in place is followed, not fought.
        current = aws.secretsmanager.get_secret_version_output(
            secret_id=version.secret_id,
            opts=pulumi.InvokeOutputOptions(parent=self, depends_on=[version]),
        )
        return _secret(current.secret_string.apply(lambda text: str(json.loads(text)[args.generated_field])))


def _replicas(copies: Mapping[str, pulumi.Input[str]]) -> list[aws.secretsmanager.SecretReplicaArgs] | None:
    return [
        aws.secretsmanager.SecretReplicaArgs(region=region, kms_key_id=key) for region, key in copies.items()
    ] or None


def _secret(value: pulumi.Input[str]) -> pulumi.Output[str]:
    return pulumi.Output.secret(value)
