"""What is known of the servers of a database once they are made, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class Servers:
    """`identifier` and `replica_identifiers` are those of servers; `cluster` None: they are no cluster.

    `resource_id` is what IAM calls the database; `managed_secret_arn` means nothing unless RDS keeps the password.
    """

    arn: pulumi.Output[str]
    writer_endpoint: pulumi.Output[str]
    reader_endpoints: Sequence[pulumi.Output[str]]
    identifier: pulumi.Output[str]
    replica_identifiers: Sequence[pulumi.Output[str]]
    resource_id: pulumi.Output[str]
    managed_secret_arn: pulumi.Output[str]
    log_group_names: Sequence[str]
    primary: aws.rds.Instance | None = None
    cluster: aws.rds.Cluster | None = None


def managed_secret(
    secrets: Sequence[aws.rds.outputs.InstanceMasterUserSecret | aws.rds.outputs.ClusterMasterUserSecret]
    | None,
) -> str:
    """The ARN of the secret that RDS keeps for the master user; empty if it keeps none."""
    return str(secrets[0].secret_arn) if secrets else ""
