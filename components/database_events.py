"""What RDS itself has to tell: failovers, failures, low storage, maintenance."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.database_options import Events
from components.database_servers import Servers

# AWS: "Amazon RDS event categories and event messages", those of a DB cluster; per reference notes.
_OF_CLUSTERS = frozenset(
    {"configuration change", "creation", "deletion", "failover", "failure", "maintenance", "notification"}
)


def subscribe(
    parent: pulumi.Resource, name: str, events: Events, servers: Servers, tags: Mapping[str, str]
) -> None:
    """The events of every server go to the topic, and those of the cluster if they are one."""
    _subscription(
        parent,
        f"{name}-events",
        events,
        "db-instance",
        [servers.identifier, *servers.replica_identifiers],
        tags,
    )
    if servers.cluster is not None:
        of_cluster = Events(
            topic_arn=events.topic_arn,
            categories=[category for category in events.categories if category in _OF_CLUSTERS],
        )
        identifiers = [servers.cluster.cluster_identifier]
        # A subscription to no category is one to all of them.
        if of_cluster.categories:
            _subscription(parent, f"{name}-cluster-events", of_cluster, "db-cluster", identifiers, tags)


def _subscription(
    parent: pulumi.Resource,
    full: str,
    events: Events,
    source_type: str,
    identifiers: list[pulumi.Output[str]],
    tags: Mapping[str, str],
) -> None:
    aws.rds.EventSubscription(
        full,
        sns_topic=events.topic_arn,
        source_type=source_type,
        source_ids=identifiers,
        event_categories=list(events.categories),
        tags={**tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    )
