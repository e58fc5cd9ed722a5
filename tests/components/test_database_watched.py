"""Who hears of a database: RDS's own messages by audience, and alarms on a replica that another stack made."""

from typing import Any

import pulumi
import pytest

from components.alarms import Alarms
from components.database import NO_ROTATION, Database, Events
from components.observability import Observability
from components.remote_replica import RemoteReplica
from tests.components.recording import Cloud
from tests.components.test_alarms import alarms_args, topic
from tests.components.test_database import database_args
from tests.components.test_observability import ARGS

URGENT, CALM = ("failover", "failure", "low storage"), ("read replica",)


def sent(cloud: Cloud, **changes: Any) -> dict[str, Any]:
    def program() -> None:
        database = Database("la-prod-database", database_args(rotation=NO_ROTATION, **changes))
        database.send(Events(topic_arn="arn:critical", categories=URGENT), "urgent")
        database.send(Events(topic_arn="arn:warning", categories=CALM), "calm")

    cloud.deploy(program)
    return {made.name: made.inputs for made in cloud.of("EventSubscription")}


@pytest.mark.proves("S4-35")
def test_what_is_urgent_goes_to_one_topic_and_the_rest_to_another(cloud: Cloud) -> None:
    subscriptions = sent(cloud, replicas=1)
    assert {name: (one["snsTopic"], one["eventCategories"]) for name, one in subscriptions.items()} == {
        "la-prod-database-urgent-events": ("arn:critical", list(URGENT)),
        "la-prod-database-calm-events": ("arn:warning", list(CALM)),
    }
    both = subscriptions["la-prod-database-urgent-events"]["sourceIds"]
    assert both == ["la-prod-database-primary", "la-prod-database-replica-1"]


def test_a_cluster_is_asked_only_for_what_clusters_tell(cloud: Cloud) -> None:
    cluster = {
        "failover_seconds": 60,
        "multi_az": True,
        "instance_class": "db.m6gd.large",
        "max_storage_gb": 100,
    }
    subscriptions = sent(cloud, **cluster)
    told = {name: one["eventCategories"] for name, one in subscriptions.items() if "-cluster-" in name}
    # Not at all for the calm ones: a subscription to no category is one to all of them.
    assert told == {"la-prod-database-urgent-cluster-events": ["failover", "failure"]}


def test_a_replica_of_another_region_is_watched_where_it_is(cloud: Cloud) -> None:
    replica: Any = object.__new__(RemoteReplica)
    replica.component_name, replica.identifier = "la-prod2-database", pulumi.Output.from_input("la-prod2-x")

    def program() -> Alarms:
        alarms = Alarms("la-prod2-alarms", alarms_args())
        alarms.watch_remote_replica(replica, storage_gb=100)
        board = Observability("la-prod2-observability", ARGS)
        board.add_database(replica)
        board.publish()
        return alarms

    assert cloud.deploy(program).alarm_names == [
        "la-prod2-database-replica-down",
        "la-prod2-database-replica-cpu",
        "la-prod2-database-replica-free-storage",
        "la-prod2-database-replica-lag",
    ]
    down = next(made.inputs for made in cloud.of("MetricAlarm") if made.name.endswith("-down"))
    assert down["alarmActions"] == [topic("critical").replace("la-prod-alarms", "la-prod2-alarms")]
    widgets = cloud.one("Dashboard").document("dashboardBody")["widgets"]
    assert "Replica lag, seconds" in [one["properties"].get("title") for one in widgets]
