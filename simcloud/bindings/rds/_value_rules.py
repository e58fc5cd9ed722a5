"""What RDS refuses in single values of an instance: windows, ports, reserved words."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud import regions
from simcloud.bindings import _windows
from simcloud.bindings._checks import at, between, choice
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: CreateDBInstance, RDS API Reference, and «Reserved key words» of the engines' manuals; per general knowledge,
# not verified against AWS.
_CODE = "InvalidParameterValue"
_RESERVED = frozenset((
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "both", "case", "cast",
    "check", "collate", "column", "constraint", "create", "default", "desc", "distinct", "do",
    "else", "end", "except", "false", "for", "foreign", "from", "grant", "group", "having", "in",
    "initially", "intersect", "into", "lateral", "leading", "limit", "not", "null", "offset", "on",
    "only", "or", "order", "primary", "references", "returning", "select", "some", "table", "then",
    "to", "trailing", "true", "union", "unique", "user", "using", "when", "where", "with",
))  # fmt: skip
_LICENSES = ("bring-your-own-license", "general-public-license", "license-included", "postgresql-license")


def problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Everything wrong on its own."""
    yield from _windows.problems(new, "backupWindow", "maintenanceWindow", (30, 30), _CODE)
    yield from between(new, "port", 1150, 65535, _CODE)
    yield from choice(new, "networkType", ("DUAL", "IPV4"), _CODE)
    yield from choice(new, "licenseModel", _LICENSES, _CODE)
    yield from choice(new, "replicaMode", ("mounted", "open-read-only"), _CODE)
    zone = new.get("availabilityZone")
    if isinstance(zone, str) and zone.startswith(ctx.region) and zone not in regions.zones(ctx.region):
        yield Refusal(_CODE, f"Invalid availability zone {zone}.", "availabilityZone")
    for name in ("username", "dbName"):
        word = at(new, name)
        postgres = str(new.get("engine")).startswith("postgres")
        if isinstance(word, str) and postgres and word.lower() in _RESERVED:
            yield Refusal(
                _CODE, f"{name} {word} cannot be used as it is a reserved word used by the engine.", name
            )
    if new.get("performanceInsightsRetentionPeriod") and new.get("performanceInsightsEnabled") is False:
        text = "a retention period needs Performance Insights."
        yield Refusal("InvalidParameterCombination", text, "performanceInsightsRetentionPeriod")
    for name in ("domain", "domainFqdn"):
        if new.get(name) is not None:
            yield Refusal("UnsupportedOperation", "the simulated cloud has no directories.", name)
