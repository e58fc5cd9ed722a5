"""The secrets of one environment: a key, and named slots that people fill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import account
from components.errors import ComponentError
from components.key import Key, KeyArgs, KeyUser
from components.secret_ref import SecretRef, copied_to
from components.secrets_policy import Reach, path_policy, slots_policy
from components.secrets_rotation import Rotation, check_rotation, rotate

__all__ = ["Reach", "Rotation", "Secrets", "SecretsArgs"]


@dataclass(frozen=True, kw_only=True)
class SecretsArgs:
    """`names` maps a slot to what belongs into it; the secret's name is `<path>/<slot>`.

    `existing` maps further slots to the ARNs of secrets that are there already, under keys of their own, or under
    `existing_kms_key_arn`, which readers then get the right to use.
    `kms_key_arn` encrypts the slots; None makes a key. One that is given must let the readers of `read_policy` decrypt.
    `recovery_window_days` is 0 (deleted at once) or 7 to 30. `rotation` renews slots by a function.
    `replica_regions` get a copy of every slot, under a copy of the key.
    `read_policy` makes a managed policy that reads everything below `path` and nothing else; `read_policy_path` is what
    it names in its place, when one policy serves several environments: the beginning of `path`.
    """

    path: str
    names: Mapping[str, str]
    existing: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    existing_kms_key_arn: pulumi.Input[str] | None = None
    kms_key_arn: pulumi.Input[str] | None = None
    recovery_window_days: int = 30
    rotation: Mapping[str, Rotation] = field(default_factory=dict)
    replica_regions: Sequence[str] = ()
    read_policy: Reach | None = None
    read_policy_path: str | None = None
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Secrets(pulumi.ComponentResource):
    """Empty secrets under one path, encrypted with one key; values are never set by code.

    `copy_arns` and `copy_key_arns` are, by region, the copies of the slots and of the key.
    """

    component_name: str
    key_arn: pulumi.Output[str]
    names: Mapping[str, pulumi.Output[str]]
    arns: Mapping[str, pulumi.Output[str]]
    copy_arns: Mapping[str, Mapping[str, pulumi.Output[str]]]
    copy_key_arns: Mapping[str, pulumi.Output[str]]
    read_policy_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: SecretsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:secrets:Secrets", name, {}, opts)
        self.component_name = name
        self._args = args
        self._encryption = self._key() if args.kms_key_arn is None else None
        self.key_arn = (
            self._encryption.arn if self._encryption else pulumi.Output.concat(args.kms_key_arn or "")
        )
        self.copy_key_arns = self._encryption.replica_arns if self._encryption else {}
        slots = {slot: self._slot(slot, purpose) for slot, purpose in args.names.items()}
        self.names = {slot: secret.name for slot, secret in slots.items()}
        self.copy_arns = {
            region: {slot: copied_to(region, secret.arn) for slot, secret in slots.items()}
            for region in args.replica_regions
        }
        found = {slot: pulumi.Output.concat(arn) for slot, arn in args.existing.items()}
        self.arns = {**{slot: secret.arn for slot, secret in slots.items()}, **found}
        for slot, rotation in args.rotation.items():
            rotate(self, f"{name}-{slot}", self.arns[slot], rotation)
        self.read_policy_arn = self._read_policy(args.read_policy) if args.read_policy else None
        self.register_outputs({"key_arn": self.key_arn, "names": dict(self.names)})

    def ref(self, slot: str) -> SecretRef:
        """The pointer to one slot; a ComponentError names the known slots when there is no such one."""
        if slot not in self.arns:
            raise self._unknown(slot)
        existing = slot in self._args.existing
        return SecretRef(
            arn=self.arns[slot], kms_key_arn=self._args.existing_kms_key_arn if existing else self.key_arn
        )

    def grant_read(
        self, role_name: pulumi.Input[str], grantee: str = "app", slots: Sequence[str] | None = None
    ) -> None:
        """Let a role read these slots (None: all), by their ARNs; `grantee` names the grant."""
        refs = [self.ref(slot) for slot in (self.arns if slots is None else slots)]
        known = pulumi.Output.all(account.current(self), self.key_arn, *[ref.arn for ref in refs])
        aws.iam.RolePolicy(
            f"{self.component_name}-{grantee}-read",
            role=role_name,
            policy=known.apply(lambda all_: slots_policy(all_[0], all_[2:], all_[1])),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _key(self) -> Key:
        # A policy of two actions reads an encrypted secret only if the key lets its readers decrypt.
        readers = (KeyUser.SECRET_READERS,) if self._args.read_policy else ()
        args = KeyArgs(
            alias=self.component_name,
            description=f"Secrets under {self._args.path}",
            replica_regions=self._args.replica_regions,
            users=readers,
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
            replicas=self._replicas(),
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=self._args.protect or None),
        )

    def _replicas(self) -> list[aws.secretsmanager.SecretReplicaArgs] | None:
        return [
            aws.secretsmanager.SecretReplicaArgs(region=region, kms_key_id=self.copy_key_arns[region])
            for region in self._args.replica_regions
        ] or None

    def _read_policy(self, reach: Reach) -> pulumi.Output[str]:
        path = self._args.read_policy_path or self._args.path
        return aws.iam.Policy(
            f"{self.component_name}-read",
            description=f"Reads the secrets below {path}",
            policy=account.current(self).apply(lambda here: path_policy(here, path, reach)),
            tags={**self._args.tags, "Name": f"{self.component_name}-read"},
            opts=pulumi.ResourceOptions(parent=self),
        ).arn

    def _unknown(self, slot: str) -> ComponentError:
        return ComponentError(
            self.component_name,
            f"there is no secret `{slot}`",
            expected=f"one of {', '.join(sorted(self.arns)) or 'none, because no names were given'}",
            fix=f"add `{slot}` to `names`, or use a known one",
        )


def _check(where: str, args: SecretsArgs) -> None:
    _check_recovery(where, args.recovery_window_days)
    # A wildcard in the path would be one in the policy.
    if not re.fullmatch(r"[A-Za-z0-9_+=.@-]+(/[A-Za-z0-9_+=.@-]+)*", args.path):
        raise ComponentError(
            where,
            f"the path `{args.path}` is not exact",
            expected="words of letters, digits and _+=.@- between slashes, such as muejam/production",
            fix="correct `path`",
        )
    _check_read_policy(where, args)
    twice = sorted(set(args.names) & set(args.existing))
    if twice:
        raise ComponentError(
            where,
            f"{', '.join(twice)} is to be made and exists already",
            expected="each slot in `names` or in `existing`",
            fix="drop it from one of them",
        )
    if args.kms_key_arn is not None and args.replica_regions:
        raise ComponentError(
            where,
            f"copies in {', '.join(args.replica_regions)} under a key whose copies are not known",
            expected="a key of our own, which is copied to these regions",
            fix="drop `kms_key_arn`, or `replica_regions`",
        )
    _check_rotations(where, args)


def _check_read_policy(where: str, args: SecretsArgs) -> None:
    path = args.read_policy_path
    if path is None or f"{args.path}/".startswith(f"{path}/"):
        return
    raise ComponentError(
        where,
        f"a policy on `{path}` would not read what lies below `{args.path}`",
        expected="`path`, or the words that it begins with",
        fix="correct `read_policy_path`, or drop it",
    )


def _check_rotations(where: str, args: SecretsArgs) -> None:
    known = {*args.names, *args.existing}
    for slot, rotation in args.rotation.items():
        if slot not in known:
            raise ComponentError(
                where,
                f"a rotation for `{slot}`, which is no slot",
                expected=f"one of {', '.join(sorted(known))}",
                fix=f"add `{slot}` to `names`, or drop its rotation",
            )
        check_rotation(where, slot, rotation)


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
