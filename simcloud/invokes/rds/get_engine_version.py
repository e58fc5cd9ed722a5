from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.bindings.rds._catalogue import is_older
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_GIVEN = (
    "defaultOnly", "filters", "hasMajorTarget", "hasMinorTarget", "includeAll", "latest", "preferredMajorTargets",
    "preferredUpgradeTargets", "preferredVersions",
)  # fmt: skip


def get_engine_version(ctx: Context, args: Props) -> Props:
    """The engine version that fits what is asked for: one, or with `latest` the newest of several."""
    params = without_none(
        {
            "Engine": args["engine"],
            "EngineVersion": args.get("version"),
            "DBParameterGroupFamily": args.get("parameterGroupFamily"),
            "DefaultOnly": args.get("defaultOnly"),
        }
    )
    listed = ctx.client("rds").describe_db_engine_versions(**params)["DBEngineVersions"]
    found = list(_fitting(listed, args))
    if not found:
        raise Refusal("InvalidParameterValue", "no RDS engine versions match the criteria and preferences.")
    if len(found) > 1 and not (
        args.get("latest") or args.get("preferredVersions") or args.get("defaultOnly")
    ):
        found = found if args.get("version") is None else found[-1:]
    if len(found) > 1 and not (args.get("latest") or args.get("preferredVersions")):
        raise Refusal(
            "InvalidParameterValue",
            f"{len(found)} RDS engine versions match; change the criteria or set latest.",
        )
    return _answer(ctx, args, found[0] if args.get("preferredVersions") else found[-1])


def _fitting(listed: list[Mapping[str, Any]], args: Props) -> Iterator[Mapping[str, Any]]:
    """Those that have the targets asked for: preferred versions first, else oldest first."""
    fitting = [version for version in listed if _has_targets(version, args)]
    preferred = args.get("preferredVersions")
    if preferred:
        by_name = {version["EngineVersion"]: version for version in fitting}
        yield from (by_name[name] for name in preferred if name in by_name)
    else:
        yield from fitting


def _has_targets(version: Mapping[str, Any], args: Props) -> bool:
    targets = version["ValidUpgradeTarget"]
    majors = [target["EngineVersion"] for target in targets if target["IsMajorVersionUpgrade"]]
    minors = [target["EngineVersion"] for target in targets if not target["IsMajorVersionUpgrade"]]
    wanted = {"preferredMajorTargets": majors, "preferredUpgradeTargets": [*majors, *minors]}
    return (
        (not args.get("hasMajorTarget") or bool(majors))
        and (not args.get("hasMinorTarget") or bool(minors))
        and all(not args.get(name) or bool(set(args[name]) & set(have)) for name, have in wanted.items())
    )


def _answer(ctx: Context, args: Props, version: Mapping[str, Any]) -> Props:
    targets = version["ValidUpgradeTarget"]
    actual = version["EngineVersion"]
    assert all(is_older(actual, target["EngineVersion"]) for target in targets)
    return {
        **{name: args.get(name) for name in _GIVEN},
        "defaultCharacterSet": "",
        "engine": version["Engine"],
        "engineDescription": version["DBEngineDescription"],
        "exportableLogTypes": version["ExportableLogTypes"],
        "id": actual,
        "parameterGroupFamily": version["DBParameterGroupFamily"],
        "region": ctx.region,
        "status": version["Status"],
        "supportedCharacterSets": [],
        "supportedFeatureNames": [],
        "supportedModes": version.get("SupportedEngineModes", []),
        "supportedTimezones": [],
        "supportsCertificateRotationWithoutRestart": version["SupportsCertificateRotationWithoutRestart"],
        "supportsGlobalDatabases": version.get("SupportsGlobalDatabases", False),
        "supportsIntegrations": False,
        "supportsLimitlessDatabase": False,
        "supportsLocalWriteForwarding": version.get("SupportsLocalWriteForwarding", False),
        "supportsLogExportsToCloudwatch": version["SupportsLogExportsToCloudwatchLogs"],
        "supportsParallelQuery": False,
        "supportsReadReplica": version["SupportsReadReplica"],
        "validMajorTargets": [one["EngineVersion"] for one in targets if one["IsMajorVersionUpgrade"]],
        "validMinorTargets": [one["EngineVersion"] for one in targets if not one["IsMajorVersionUpgrade"]],
        "validUpgradeTargets": [one["EngineVersion"] for one in targets],
        "version": args.get("version") or actual,
        "versionActual": actual,
        "versionDescription": version["DBEngineVersionDescription"],
    }
