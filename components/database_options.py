"""What a database can have besides: each of these is left out unless it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import pulumi


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """A new password every so often, which nobody has to type or to pass on."""

    days: int = 30
    """Between two passwords: 1 to 1000. AWS: RotateSecret, RotationRules, per reference notes."""

    application_username: str = "app"
    """Credentials `secret` only: the user that applications are, in turn as `<this>_a` and `<this>_b`."""

    function_subnet_ids: pulumi.Input[Sequence[str]] | None = None
    """Credentials `secret` only: where the function stands that changes passwords. It must reach Secrets
    Manager from there, through NAT or an interface endpoint."""

    certificates: str | None = None
    """Credentials `secret` only: RDS's certificate bundle (PEM). None: the function fetches it from AWS,
    which takes a way to the internet."""


class NoRotation(Enum):
    """A word of its own, so that a password that stays is found by searching for it; None would be overlooked."""

    SAID = "no rotation"


NO_ROTATION: Final = NoRotation.SAID
"""Nothing of ours changes passwords: a secret of ours stays as it is. What RDS manages, RDS changes all the same."""


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """RDS Proxy: many clients share few connections, and a failover costs them no new connection.

    It takes TLS only and reads the password from the secret.
    """

    iam: bool = False
    """Clients show an IAM token instead of the password: a rotation then never meets them."""

    max_connections_percent: int = 90
    """Of the database's connections, 1 to 100: some stay free for people and migrations."""

    max_idle_connections_percent: int = 45
    """Of the database's connections that stay open unused; at most `max_connections_percent`."""

    borrow_timeout_seconds: int = 30
    """How long a client waits for a free connection, 0 to 300, before it hears that there is none."""

    idle_client_timeout_seconds: int = 1800
    """When a silent client is let go, 1 to 28800."""


@dataclass(frozen=True, kw_only=True)
class CrossRegion:
    """A read replica in another region: what a lost region leaves."""

    region: str
    """Another one than the database's, e.g. `eu-west-1`."""

    vpc_id: pulumi.Input[str]
    """A VPC of that region."""

    subnet_ids: pulumi.Input[Sequence[str]]
    """Its subnets, in two or more availability zones."""

    kms_key_arn: pulumi.Input[str]
    """A key of that region: keys do not cross regions, and RDS has no default one for a copy."""

    instance_class: str | None = None
    """None: the primary's."""

    multi_az: bool = False
    """A standby of the replica, so that it is complete at once when it is promoted."""

    backup_retention_days: int = 0
    """Backups of the replica itself, 0 to 35; 1 or more lets it have replicas once it is promoted."""


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A replica in another region follows it, which is made there, by another stack (`RemoteReplica`).

    What RDS asks of such a database holds: a password of ours, which is copied to that region, and backups.
    """

    region: str
    """Another one than the database's."""

    kms_key_arn: pulumi.Input[str]
    """A key of that region, for the copies of the secrets."""


@dataclass(frozen=True, kw_only=True)
class BackupRegion:
    """The automated backups and transaction logs, copied to another region: any second can be restored there."""

    region: str
    """Another one than the database's."""

    kms_key_arn: pulumi.Input[str]
    """A key of that region."""

    retention_days: int = 7
    """1 to 35."""


@dataclass(frozen=True, kw_only=True)
class Events:
    """RDS's own messages: failover, low storage, failures, maintenance."""

    topic_arn: pulumi.Input[str]
    """One of `Alarms`, or one whose policy says `topic_publishers.databases` and whose key is a `Key`."""

    categories: Sequence[str] = (
        "availability",
        "failover",
        "failure",
        "low storage",
        "maintenance",
        "read replica",
        "recovery",
    )
    """Of an instance. AWS: "Amazon RDS event categories and event messages", per reference notes."""


@dataclass(frozen=True, kw_only=True)
class Restore:
    """The database begins as the copy of another: exactly one of a snapshot and a point in time."""

    snapshot_identifier: pulumi.Input[str] | None = None
    """Name or ARN of a snapshot; of an instance for an instance, of a cluster for a cluster."""

    source_identifier: pulumi.Input[str] | None = None
    """Identifier of a database whose backups are used."""

    time: str | None = None
    """With `source_identifier`: `2026-11-05T12:00:00Z`. None: as late as possible."""


@dataclass(frozen=True, kw_only=True)
class Existing:
    """What is there already and is used instead of made; only `allow_from` adds to it, its rules."""

    subnet_group_name: pulumi.Input[str] | None = None
    parameter_group_name: pulumi.Input[str] | None = None
    """It decides about TLS and all else: `parameters` and `workload` cannot be given beside it."""

    security_group_id: pulumi.Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Insights:
    """How long Performance Insights are kept, and whether as Database Insights Advanced."""

    days: int = 7
    """7 (free), a multiple of 31 up to 713, or 731. AWS: CreateDBInstance, per reference notes."""

    advanced: bool = False
    """Database Insights Advanced; AWS asks for 465 days or more."""
