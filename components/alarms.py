"""Who is told when something is wrong: two topics and the alarms that feed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi

from components.thresholds import Thresholds

if TYPE_CHECKING:
    from components.cache import Cache
    from components.cluster import Cluster
    from components.database import Database
    from components.gateway import Gateway, Target
    from components.service import Service

__all__ = ["Alarms", "AlarmsArgs", "Thresholds"]


@dataclass(frozen=True, kw_only=True)
class AlarmsArgs:
    """Each e-mail address must confirm its subscription before it receives anything."""

    critical_emails: Sequence[str] = ()
    warning_emails: Sequence[str] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    kms_key_arn: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Alarms(pulumi.ComponentResource):
    """A critical and a warning topic; each watched component gets its alarms under fixed names."""

    critical_topic_arn: pulumi.Output[str]
    warning_topic_arn: pulumi.Output[str]
    alarm_names: Sequence[str]

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:alarms:Alarms", name, {}, opts)

    def watch_gateway(self, gateway: Gateway, target: Target) -> None:
        """Error rate, p95 latency and unhealthy targets."""

    def watch_service(self, service: Service, cluster: Cluster) -> None:
        """CPU, memory and missing tasks."""

    def watch_database(self, database: Database) -> None:
        """CPU, free storage, connections and the lag of each replica."""

    def watch_cache(self, cache: Cache) -> None:
        """CPU, memory and evictions of each node."""
