"""The systems as their documents describe production, and what the documents promise."""

from dataclasses import replace

from stacks.recovery.mechanisms import (
    Application,
    BackupPlan,
    Cache,
    CacheMode,
    Database,
    Dump,
    Engine,
    Mechanisms,
    Objects,
    SecondRegion,
    Shape,
)
from stacks.recovery.objectives import Objective, Objectives, Targets, objectives
from stacks.recovery.steps.region import stand_by

MINUTE = 60
HOUR = 3600

REDIS = Cache(mode=CacheMode.REPLICATED, replicas=1, snapshot_retention_days=7)
POSTGRES = Database(storage_gib=100, shape=Shape.MULTI_AZ_INSTANCE, point_in_time_days=7)

PRACTICE_APP = Mechanisms(
    application=Application(tasks=3, zones=3),
    database=replace(POSTGRES, replicas=2, plans=(BackupPlan(),), dump=Dump()),
    cache=REDIS,
    objects=Objects(),
)
PRACTICE_APP_TABLE = Targets(
    application=Objective(rto_seconds=5 * MINUTE, rpo_seconds=0),
    database=Objective(rto_seconds=15 * MINUTE, rpo_seconds=5 * MINUTE),
    cache=Objective(rto_seconds=MINUTE, rpo_seconds=15 * MINUTE),
    whole=Objective(rto_seconds=30 * MINUTE, rpo_seconds=5 * MINUTE),
)
PRACTICE_APP_PROMISES = objectives(PRACTICE_APP_TABLE)

LEARNING_ASSISTANT = Mechanisms(
    application=Application(tasks=3, zones=3),
    database=replace(POSTGRES, backups_copied_to_second_region=True),
    cache=replace(REDIS, rebuildable=True),
    objects=Objects(replicated_to_second_region=True),
    second_region=SecondRegion(name="us-west-2"),
)
LEARNING_ASSISTANT_PROMISES = objectives(
    Targets(whole=Objective(rto_seconds=4 * HOUR, rpo_seconds=HOUR)), restored_within=4 * HOUR
)

API_PLATFORM = Mechanisms(
    application=Application(tasks=4, zones=3),
    database=Database(
        storage_gib=200, engine=Engine.MYSQL, shape=Shape.MULTI_AZ_CLUSTER, point_in_time_days=7
    ),
    cache=replace(REDIS, rebuildable=True),
    objects=Objects(replicated_to_second_region=True),
    second_region=SecondRegion(name="us-west-2"),
)
API_PLATFORM_PROMISES = objectives(
    # "< 4 hours" and "< 1 hour": not even the hour itself
    Targets(whole=Objective(rto_seconds=4 * HOUR - 1, rpo_seconds=HOUR - 1)),
    restored_within=4 * HOUR - 1,
    database_failover_seconds=60,
)

MUEJAM = Mechanisms(
    application=Application(tasks=2, zones=2),
    database=replace(POSTGRES, point_in_time_days=30, backups_copied_to_second_region=True),
    cache=replace(REDIS, rebuildable=True),
    objects=Objects(replicated_to_second_region=True, time_control=True),
    second_region=SecondRegion(name="us-west-2"),
)
MUEJAM_PROMISES = objectives(
    Targets(whole=Objective(rto_seconds=HOUR, rpo_seconds=5 * MINUTE)), restored_within=HOUR
)

STANDING_BY = stand_by(MUEJAM)

SYSTEMS: dict[str, tuple[Mechanisms, Objectives]] = {
    "practice app": (PRACTICE_APP, PRACTICE_APP_PROMISES),
    "Learning Assistant": (LEARNING_ASSISTANT, LEARNING_ASSISTANT_PROMISES),
    "API platform": (API_PLATFORM, API_PLATFORM_PROMISES),
    "MueJam Library": (MUEJAM, MUEJAM_PROMISES),
}
