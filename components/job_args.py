"""What a job is asked to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.cluster import Cluster
from components.destination import Destination, https_anywhere
from components.registry import Registry
from components.secret_ref import SecretRef
from components.service_grant import Grant


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a job starts: `expression` is cron(…), rate(…) or at(…), in `timezone`.

    A start that fails (no capacity, throttling) is tried again up to `retries` times (AWS: 0 to 185) within
    `retry_minutes` (AWS: 1 to 1440); a run that ends badly is not: it is reported. `window_minutes` lets AWS
    choose the moment (0: at once; AWS: up to 1440).
    """

    expression: str
    timezone: str = "UTC"
    retries: int = 3
    retry_minutes: int = 60
    window_minutes: int = 0
    enabled: bool = True


@dataclass(frozen=True, kw_only=True)
class JobArgs:
    """`cpu` in CPU units (1024 = one vCPU), `memory` in MiB; without `schedule` somebody starts it.

    `writable_paths` are scratch volumes, empty at start; `ephemeral_storage_gb` is the disk that they share (AWS:
    21 to 200; 20 where nothing is said). `grants` are what the job's own role may do. Failures go to
    `alarm_topic_arns` and stay in the job's queue for two weeks.
    """

    cluster: Cluster
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    image: pulumi.Input[str]
    command: Sequence[str] | None = None
    cpu: int = 256
    memory: int = 512
    schedule: Schedule | None = None
    registry: Registry | None = None
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, SecretRef] = field(default_factory=dict)
    grants: Sequence[Grant] = ()
    egress: Sequence[Destination] = field(default_factory=lambda: (https_anywhere(),))
    writable_paths: Sequence[str] = ("/tmp",)
    ephemeral_storage_gb: int | None = None
    require_digest: bool = False
    cpu_architecture: str = "X86_64"
    log_retention_days: int = 30
    kms_key_arn: pulumi.Input[str] | None = None
    alarm_topic_arns: Sequence[pulumi.Input[str]] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
