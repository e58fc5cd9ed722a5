"""Which nodes and volumes a search domain may have.

AWS: «Dedicated master nodes», «Multi-AZ domains» and «EBS volume size quotas», OpenSearch Service Developer Guide; from
memory, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.bindings.opensearch._catalogue import BURSTING, family, has_disks, is_type
from simcloud.refusal import Refusal
from simcloud.values import Props, Value

_CLUSTER = "clusterConfig"
_DEFAULT_TYPE = "m4.large.search"
_VOLUME = (10, 24_576)
_SMALL_VOLUME = 200
_GP3_IOPS = (3_000, 80_000)
_GP3_THROUGHPUT = (125, 2_000)


def problems(new: Props) -> Iterator[Refusal]:
    """Everything wrong with types, counts, zones and volumes."""
    cluster = new.get(_CLUSTER, {})
    if not isinstance(cluster, Mapping):
        return
    for name in ("instanceType", "dedicatedMasterType"):
        kind = cluster.get(name)
        if isinstance(kind, str) and not is_type(kind):
            yield _refused(f"Invalid instance type: {kind}", f"{_CLUSTER}.{name}")
    yield from _masters(cluster)
    yield from _zones(cluster)
    yield from _warm(cluster)
    yield from _subnets(new.get("vpcOptions"), cluster)
    yield from _volumes(new.get("ebsOptions", {}), cluster.get("instanceType", _DEFAULT_TYPE))


def _masters(cluster: Mapping[str, Value]) -> Iterator[Refusal]:
    enabled, count = cluster.get("dedicatedMasterEnabled"), cluster.get("dedicatedMasterCount")
    if enabled is not True:
        return
    if isinstance(count, int | float) and count not in (3, 5):
        yield _refused(
            f"You must choose either three or five dedicated master nodes, not {count:g}.",
            f"{_CLUSTER}.dedicatedMasterCount",
        )
    for name in ("dedicatedMasterCount", "dedicatedMasterType"):
        if name not in cluster:
            yield _refused(f"dedicated masters need {name}.", f"{_CLUSTER}.{name}")


def _zones(cluster: Mapping[str, Value]) -> Iterator[Refusal]:
    count, zones = cluster.get("instanceCount", 1), _zone_count(cluster)
    if isinstance(count, int | float) and count < 1:
        yield _refused(f"{count:g} data nodes, at least 1 needed.", f"{_CLUSTER}.instanceCount")
    if zones is not None and zones not in (1, 2, 3):
        yield _refused(
            f"{zones} availability zones, 2 or 3 allowed.",
            f"{_CLUSTER}.zoneAwarenessConfig.availabilityZoneCount",
        )
    elif isinstance(count, int | float) and zones == 2 and count % 2:
        yield _refused(
            f"You must choose an even number of data nodes for a two Availability Zone deployment, not {count:g}.",
            f"{_CLUSTER}.instanceCount",
        )
    elif isinstance(count, int | float) and zones == 3 and count < 3:
        yield _refused(
            "You must choose a minimum of three data nodes for a three Availability Zone deployment.",
            f"{_CLUSTER}.instanceCount",
        )
    if cluster.get("multiAzWithStandbyEnabled") is True and zones != 3:
        yield _refused("Multi-AZ with standby needs three zones.", f"{_CLUSTER}.multiAzWithStandbyEnabled")


def _zone_count(cluster: Mapping[str, Value]) -> int | None:
    """In how many zones the nodes stand; None if it is not known."""
    if cluster.get("zoneAwarenessEnabled", False) is False:
        return 1
    configuration = cluster.get("zoneAwarenessConfig", {})
    zones = configuration.get("availabilityZoneCount", 2) if isinstance(configuration, Mapping) else None
    return int(zones) if isinstance(zones, int | float) else None


def _warm(cluster: Mapping[str, Value]) -> Iterator[Refusal]:
    if cluster.get("warmEnabled") is not True:
        return
    if cluster.get("dedicatedMasterEnabled", False) is False:
        yield _refused("UltraWarm needs dedicated masters.", f"{_CLUSTER}.warmEnabled")
    count = cluster.get("warmCount")
    if isinstance(count, int | float) and not 2 <= count <= 150:
        yield _refused(f"{count:g} warm nodes, 2 to 150 allowed.", f"{_CLUSTER}.warmCount")


def _subnets(vpc: Value, cluster: Mapping[str, Value]) -> Iterator[Refusal]:
    subnets = vpc.get("subnetIds") if isinstance(vpc, Mapping) else None
    zones = _zone_count(cluster)
    if isinstance(subnets, list) and zones is not None and len(subnets) != zones:
        yield _refused(
            f"You must specify exactly {zones} subnet(s): the nodes stand in {zones} availability zone(s), and "
            f"{len(subnets)} are given.",
            "vpcOptions.subnetIds",
        )


def _volumes(options: Value, kind: Value) -> Iterator[Refusal]:
    if not isinstance(options, Mapping) or not isinstance(kind, str):
        return
    if options.get("ebsEnabled", False) is False:
        if not has_disks(kind):
            yield _refused(f"EBS storage must be selected for {kind}", "ebsOptions")
        return
    size, volume = options.get("volumeSize"), options.get("volumeType", "gp2")
    most = _SMALL_VOLUME if family(kind) in BURSTING else _VOLUME[1]
    if size is None:
        yield _refused("volumes need a volumeSize.", "ebsOptions.volumeSize")
    elif isinstance(size, int | float) and not _VOLUME[0] <= size <= most:
        yield Refusal(
            "LimitExceededException",
            f"Volume size must be between {_VOLUME[0]} and {most} for {volume} volume type and {kind} instance type",
            "ebsOptions.volumeSize",
        )
    for name, limits, kinds in (
        ("iops", _GP3_IOPS, ("gp3", "io1")),
        ("throughput", _GP3_THROUGHPUT, ("gp3",)),
    ):
        value = options.get(name)
        if isinstance(volume, str) and value and volume not in kinds:
            yield _refused(f"{name} cannot be given with volume type {volume}.", f"ebsOptions.{name}")
        elif volume == "gp3" and isinstance(value, int | float) and not limits[0] <= value <= limits[1]:
            yield _refused(f"{name} {value:g}, {limits[0]} to {limits[1]} allowed.", f"ebsOptions.{name}")


def _refused(message: str, path: str) -> Refusal:
    return Refusal("ValidationException", message, path)
