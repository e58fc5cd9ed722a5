from __future__ import annotations

from collections.abc import Iterator

from simcloud import tagging
from simcloud.binding import AutoName, Params
from simcloud.bindings._regional import RegionalRecord
from simcloud.bindings.elasticache import _engines, _settings
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class ParameterGroup(RegionalRecord):
    """Settings of an engine. moto has no parameter groups of caches: this one is recorded."""

    token = "aws:elasticache/parameterGroup:ParameterGroup"
    service = "elasticache"
    faults = {"CacheParameterGroupAlreadyExists": "name"}
    taken = "CacheParameterGroupAlreadyExists"
    operation = "create_cache_parameter_group"
    parameters = {"CacheParameterGroupName": "name", "CacheParameterGroupFamily": "family"}
    replaces = frozenset({"name", "family", "description"})
    defaults = {"description": "Managed by Pulumi"}
    autoname = AutoName(limit=255, lower=True)
    tagging = tagging.RECORDED

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "CacheParameterGroupName": new["name"],
            "CacheParameterGroupFamily": new["family"],
            "Description": new["description"],
        }

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": ctx.arn("elasticache", f"parametergroup:{identity}")}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        clusters = ctx.client("elasticache").describe_cache_clusters()["CacheClusters"]
        users = [
            cluster["CacheClusterId"]
            for cluster in clusters
            if cluster.get("CacheParameterGroup", {}).get("CacheParameterGroupName") == identity
        ]
        if users:
            raise Refusal(
                "InvalidCacheParameterGroupState",
                f"One or more cache clusters are still members of this parameter group {identity}, "
                f"so the group cannot be deleted: {', '.join(users)}.",
            )
        super().delete(ctx, identity, old)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, family = new["name"], new["family"]
        if isinstance(name, str) and not name.replace("-", "").isalnum():
            yield Refusal(
                "InvalidParameterValue", f"name {name!r} may hold letters, digits and hyphens.", "name"
            )
        if isinstance(family, str) and family not in _engines.FAMILIES:
            known = ", ".join(_engines.FAMILIES)
            yield Refusal(
                "InvalidParameterValue",
                f"CacheParameterGroupFamily {family!r} is not one of {known}.",
                "family",
            )
        yield from _settings.problems(new.get("parameters"))
        if isinstance(name, str) and name.startswith("default."):
            yield Refusal("InvalidParameterValue", "default. is reserved for AWS's own groups.", "name")
        for position, parameter in enumerate(new.get("parameters") or ()):
            setting = parameter.get("name")
            if isinstance(setting, str) and setting in _engines.FIXED:
                yield Refusal(
                    "InvalidParameterValue",
                    f"The parameter {setting} cannot be modified: {_engines.FIXED[setting]}.",
                    f"parameters[{position}].name",
                )
