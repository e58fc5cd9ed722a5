"""What RDS offers: engine versions and the classes that run them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.responses import RDSResponse

from simcloud.bindings.rds._aurora import AURORA, EVERY, SERVERLESS, is_class
from simcloud.bindings.rds._catalogue import CLASSES, Engine, is_older
from simcloud.patches import adds, around


@adds(RDSResponse)
def describe_db_engine_versions(self: Any) -> Any:
    """AWS: lists what can be created; moto: not implemented."""
    wanted, engine_name = self.params.get("EngineVersion"), self.params.get("Engine")
    family, default_only = self.params.get("DBParameterGroupFamily"), self.params.get("DefaultOnly")
    listed = [
        _described(engine, version)
        for engine in EVERY.values()
        if engine_name in (None, engine.name)
        for version in ([engine.resolved(wanted)] if default_only else engine.versions)
        if version and (wanted is None or f"{version}.".startswith(f"{wanted}."))
        if family in (None, engine.family(version))
    ]
    return ActionResult({"DBEngineVersions": listed})


@around(RDSResponse)
def describe_orderable_db_instance_options(original: Any, self: Any) -> Any:
    """AWS: every class that runs a version, a page at a time; moto: two engines, as they were some years ago."""
    engine = EVERY.get(self.params.get("Engine", ""))
    if engine is None:
        return original(self)
    version, wanted = self.params.get("EngineVersion"), self.params.get("DBInstanceClass")
    versions = [one for one in engine.versions if version is None or f"{one}.".startswith(f"{version}.")]
    offers = [
        (one, name, storage)
        for one in versions
        for name in _classes(engine)
        if wanted in (None, name)
        for storage in (("aurora", "aurora-iopt1") if engine.name in AURORA else ("gp2", "gp3", "io1", "io2"))
    ]
    start, size = int(self.params.get("Marker") or 0), self.params.get("MaxRecords") or 100
    zones = [{"Name": f"{self.region}{letter}"} for letter in "abc"]
    page = [
        {**_orderable(engine, *offer), "AvailabilityZones": zones} for offer in offers[start : start + size]
    ]
    more = {"Marker": str(start + size)} if start + size < len(offers) else {}
    return ActionResult({"OrderableDBInstanceOptions": page, **more})


def _classes(engine: Engine) -> Iterator[str]:
    """Smallest first, as far as the name tells."""
    if engine.name not in AURORA:
        yield from sorted(CLASSES)
    else:
        yield from sorted(one for one in {*CLASSES, SERVERLESS} if is_class(engine.name, one))


def _orderable(engine: Engine, version: str, name: str, storage: str) -> dict[str, Any]:
    own, aurora = storage in ("io1", "io2"), engine.name in AURORA
    return {
        "Engine": engine.name,
        "EngineVersion": version,
        "DBInstanceClass": name,
        "LicenseModel": engine.license_model,
        "MultiAZCapable": not aurora,
        "ReadReplicaCapable": True,
        "Vpc": True,
        "SupportsStorageEncryption": True,
        "StorageType": storage,
        "SupportsIops": own,
        "SupportsStorageThroughput": storage == "gp3",
        "SupportsEnhancedMonitoring": True,
        "SupportsIAMDatabaseAuthentication": True,
        "SupportsPerformanceInsights": True,
        "MinStorageSize": 100 if own else 20,
        "MaxStorageSize": 65_536,
        "SupportedEngineModes": ["provisioned"],
        "SupportsStorageAutoscaling": not aurora,
        "SupportsKerberosAuthentication": True,
        "SupportsGlobalDatabases": aurora,
        "SupportedNetworkTypes": ["IPV4", "DUAL"],
        "SupportsClusters": aurora or is_class(engine.name, name),
    }


def _described(engine: Engine, version: str) -> dict[str, Any]:
    aurora = engine.name in AURORA
    return {
        "Engine": engine.name,
        "EngineVersion": version,
        "MajorEngineVersion": engine.major(version),
        "DBParameterGroupFamily": engine.family(version),
        "DBEngineDescription": engine.description,
        "DBEngineVersionDescription": f"{engine.description} {version}",
        "ExportableLogTypes": sorted(engine.logs),
        "SupportsLogExportsToCloudwatchLogs": True,
        "SupportsReadReplica": not aurora,
        "SupportsGlobalDatabases": aurora,
        "SupportsLocalWriteForwarding": aurora,
        "SupportsCertificateRotationWithoutRestart": True,
        "SupportedEngineModes": ["provisioned"],
        "Status": "available",
        "ValidUpgradeTarget": [
            {
                "Engine": engine.name,
                "EngineVersion": other,
                "IsMajorVersionUpgrade": engine.major(other) != engine.major(version),
                "AutoUpgrade": False,
            }
            for other in engine.versions
            if is_older(version, other)
        ],
    }
