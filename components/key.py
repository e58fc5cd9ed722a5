"""A customer-managed KMS key that rotates, with the policy its users need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pulumi
import pulumi_aws as aws

from components import account
from components.account import Account
from components.errors import ComponentError
from components.key_policy import KeyUser, key_policy

__all__ = ["Key", "KeyArgs", "KeyUser"]

# AWS: CreateKey and EnableKeyRotation, KMS API reference (botocore 1.44.5), read 2026-11
_DELETION_DAYS = (7, 30)
_ROTATION_DAYS = (90, 2560)


@dataclass(frozen=True, kw_only=True)
class KeyArgs:
    """`alias` is without the `alias/` prefix; a deleted key can be rescued for `deletion_window_days` (7 to 30).

    `rotation_days` (90 to 2560) is how often AWS makes new key material; None is AWS's default, 365.
    `region` is where the key is, if not where the stack is. `replica_regions` get the same key under the same id
    (a key that has none cannot get one later: AWS would have to make another key).
    `users` and `role_arns` may use the key without an IAM policy of their own.
    """

    alias: str
    description: str
    deletion_window_days: int = 30
    rotation_days: int | None = None
    region: str | None = None
    replica_regions: Sequence[str] = ()
    users: Sequence[KeyUser] = ()
    role_arns: Sequence[pulumi.Input[str]] = ()
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Key(pulumi.ComponentResource):
    """One encryption key, usable by this account's principals, its log groups and what tells its topics something.

    `replica_arns` are the ARNs of its copies by region.
    """

    component_name: str
    arn: pulumi.Output[str]
    key_id: pulumi.Output[str]
    replica_arns: Mapping[str, pulumi.Output[str]]

    def __init__(self, name: str, args: KeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:key:Key", name, {}, opts)
        self.component_name, self._args = name, args
        key = self._key()
        self._alias(key, args.region)
        self.arn, self.key_id = key.arn, key.key_id
        self.replica_arns = {region: self._replica(key, region) for region in args.replica_regions}
        self.register_outputs(
            {"arn": self.arn, "key_id": self.key_id, "replica_arns": dict(self.replica_arns)}
        )

    def _key(self) -> aws.kms.Key:
        args = self._args
        return aws.kms.Key(
            self.component_name,
            description=args.description,
            enable_key_rotation=True,
            rotation_period_in_days=args.rotation_days,
            multi_region=True if args.replica_regions else None,
            deletion_window_in_days=args.deletion_window_days,
            policy=self._policy(args.region),
            region=args.region,
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect or None),
        )

    def _replica(self, key: aws.kms.Key, region: str) -> pulumi.Output[str]:
        args, name = self._args, f"{self.component_name}-{region}"
        replica = aws.kms.ReplicaKey(
            name,
            primary_key_arn=key.arn,
            description=args.description,
            deletion_window_in_days=args.deletion_window_days,
            policy=self._policy(region),
            region=region,
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect or None),
        )
        aws.kms.Alias(
            f"{name}-alias",
            name=f"alias/{args.alias}",
            target_key_id=replica.key_id,
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return replica.arn

    def _alias(self, key: aws.kms.Key, region: str | None) -> None:
        aws.kms.Alias(
            f"{self.component_name}-alias",
            name=f"alias/{self._args.alias}",
            target_key_id=key.key_id,
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _policy(self, region: str | None) -> pulumi.Output[str]:
        users = self._args.users
        return pulumi.Output.all(account.current(self), *self._args.role_arns).apply(
            lambda known: key_policy(_in(known[0], region), users, known[1:])
        )


def _in(here: Account, region: str | None) -> Account:
    return here if region is None else replace(here, region=region)


def _check(where: str, args: KeyArgs) -> None:
    _check_days(where, "deletion_window_days", args.deletion_window_days, _DELETION_DAYS)
    if args.rotation_days is not None:
        _check_days(where, "rotation_days", args.rotation_days, _ROTATION_DAYS)
    if args.region in args.replica_regions or len(set(args.replica_regions)) < len(args.replica_regions):
        raise ComponentError(
            where,
            f"the regions {', '.join(args.replica_regions)} are not all others",
            expected="each region once, and not the key's own",
            fix="correct `replica_regions`",
        )


def _check_days(where: str, what: str, days: int, allowed: tuple[int, int]) -> None:
    least, most = allowed
    if not least <= days <= most:
        raise ComponentError(
            where,
            f"{what} is {days}",
            expected=f"{least} to {most} days, as KMS takes them",
            fix=f"correct `{what}`",
        )
