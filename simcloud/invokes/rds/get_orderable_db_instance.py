from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from simcloud.bindings.rds._catalogue import is_older
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_ASKED = (
    "availabilityZoneGroup", "engineLatestVersion", "preferredEngineVersions", "preferredInstanceClasses",
)  # fmt: skip
# Arguments that are compared with what AWS says of an offer.
_FLAGS = {
    "readReplicaCapable": "ReadReplicaCapable",
    "supportsClusters": "SupportsClusters",
    "supportsEnhancedMonitoring": "SupportsEnhancedMonitoring",
    "supportsGlobalDatabases": "SupportsGlobalDatabases",
    "supportsIamDatabaseAuthentication": "SupportsIAMDatabaseAuthentication",
    "supportsIops": "SupportsIops",
    "supportsKerberosAuthentication": "SupportsKerberosAuthentication",
    "supportsMultiAz": "MultiAZCapable",
    "supportsPerformanceInsights": "SupportsPerformanceInsights",
    "supportsStorageAutoscaling": "SupportsStorageAutoscaling",
    "supportsStorageEncryption": "SupportsStorageEncryption",
    "vpc": "Vpc",
}
_VALUES = {"storageType": "StorageType", "licenseModel": "LicenseModel"}
_LISTS = {"supportedEngineModes": "SupportedEngineModes", "supportedNetworkTypes": "SupportedNetworkTypes"}


def get_orderable_db_instance(ctx: Context, args: Props) -> Props:
    """The offer that fits what is asked for: one, or the first of those preferred."""
    fitting = (offer for offer in _offers(ctx, args) if _fits(offer, args))
    is_choosy = any(args.get(name) for name in _ASKED)
    found = list(_preferred(list(fitting), args)) if is_choosy else list(islice(fitting, 2))
    if not found:
        raise Refusal("NotFound", "no RDS DB Instance Classes match the criteria; try a different search.")
    if len(found) > 1 and not is_choosy:
        raise Refusal(
            "TooManyResults",
            "multiple RDS DB Instance Classes match the criteria; try a different search.",
            fix="give preferredInstanceClasses, or set engineLatestVersion.",
        )
    return _answer(ctx, args, found[0])


def _offers(ctx: Context, args: Props) -> Iterator[Mapping[str, Any]]:
    """Page after page, as long as somebody wants more; only the classes that may be chosen."""
    pages = ctx.client("rds").get_paginator("describe_orderable_db_instance_options")
    for name in args.get("preferredInstanceClasses") or [args.get("instanceClass")]:
        asked = {"EngineVersion": args.get("engineVersion"), "DBInstanceClass": name}
        for page in pages.paginate(Engine=args["engine"], **without_none(asked)):
            yield from page["OrderableDBInstanceOptions"]


def _fits(offer: Mapping[str, Any], args: Props) -> bool:
    same = {**_FLAGS, **_VALUES}
    return all(args.get(name) in (None, offer.get(key)) for name, key in same.items()) and all(
        set(args.get(name) or ()) <= set(offer[key]) for name, key in _LISTS.items()
    )


def _preferred(offers: list[Mapping[str, Any]], args: Props) -> Iterator[Mapping[str, Any]]:
    """In the order of preference: versions first, then classes; without any, the newest version first if asked for."""
    versions, classes = args.get("preferredEngineVersions"), args.get("preferredInstanceClasses")
    if args.get("engineLatestVersion") and offers:
        newest = offers[0]["EngineVersion"]
        for offer in offers:
            newest = offer["EngineVersion"] if is_older(newest, offer["EngineVersion"]) else newest
        offers = [offer for offer in offers if offer["EngineVersion"] == newest]
    for version in versions or [None]:
        for name in classes or [None]:
            yield from (
                offer
                for offer in offers
                if version in (None, offer["EngineVersion"]) and name in (None, offer["DBInstanceClass"])
            )


def _answer(ctx: Context, args: Props, offer: Mapping[str, Any]) -> Props:
    return {
        **{name: args.get(name) for name in _ASKED},
        **{name: offer.get(key, False) for name, key in _FLAGS.items()},
        **{name: offer.get(key, "") for name, key in _VALUES.items()},
        **{name: offer[key] for name, key in _LISTS.items()},
        "availabilityZones": [zone["Name"] for zone in offer["AvailabilityZones"]],
        "engine": offer["Engine"],
        "engineVersion": offer["EngineVersion"],
        "id": offer["DBInstanceClass"],
        "instanceClass": offer["DBInstanceClass"],
        "maxIopsPerDbInstance": offer.get("MaxIopsPerDbInstance", 0),
        "maxIopsPerGib": offer.get("MaxIopsPerGib", 0.0),
        "maxStorageSize": offer.get("MaxStorageSize", 0),
        "minIopsPerDbInstance": offer.get("MinIopsPerDbInstance", 0),
        "minIopsPerGib": offer.get("MinIopsPerGib", 0.0),
        "minStorageSize": offer.get("MinStorageSize", 0),
        "multiAzCapable": offer.get("MultiAZCapable", False),
        "outpostCapable": offer.get("OutpostCapable", False),
        "region": ctx.region,
    }
