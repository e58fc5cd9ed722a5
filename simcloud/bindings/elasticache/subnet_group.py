from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class SubnetGroup(Binding):
    """The subnets that a cache may stand in."""

    token = "aws:elasticache/subnetGroup:SubnetGroup"
    service = "elasticache"
    faults = {"CacheSubnetGroupAlreadyExists": "name", "InvalidSubnet": "subnetIds"}
    operation = "create_cache_subnet_group"
    parameters = {"CacheSubnetGroupName": "name", "CacheSubnetGroupDescription": "description"}
    replaces = frozenset({"name"})
    defaults = {"description": "Managed by Pulumi"}
    autoname = AutoName(limit=255, lower=True)
    tagging = tagging.ELASTICACHE
    references = (Reference("subnetIds[]", "subnet"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "CacheSubnetGroupName": new["name"],
            "CacheSubnetGroupDescription": new["description"],
            "SubnetIds": new["subnetIds"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["CacheSubnetGroup"]["CacheSubnetGroupName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("elasticache").modify_cache_subnet_group(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        elasticache = ctx.client("elasticache")
        group = elasticache.describe_cache_subnet_groups(CacheSubnetGroupName=identity)["CacheSubnetGroups"][
            0
        ]
        return {
            "arn": group["ARN"],
            "name": identity,
            "description": group["CacheSubnetGroupDescription"],
            "subnetIds": [subnet["SubnetIdentifier"] for subnet in group["Subnets"]],
            "vpcId": group["VpcId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        elasticache = ctx.client("elasticache")
        users = [
            cluster["CacheClusterId"]
            for cluster in elasticache.describe_cache_clusters()["CacheClusters"]
            if cluster.get("CacheSubnetGroupName") == identity
        ]
        if users:
            raise Refusal(
                "CacheSubnetGroupInUse",
                f"Cache subnet group {identity} is currently in use by a cache cluster: {', '.join(users)}.",
            )
        elasticache.delete_cache_subnet_group(CacheSubnetGroupName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["name"]
        # AWS: CreateCacheSubnetGroup, ElastiCache API reference; per reference notes, not verified against AWS.
        if isinstance(name, str) and (not name.replace("-", "").isalnum() or name == "default"):
            yield Refusal(
                "InvalidParameterValue",
                f"name {name!r} may hold letters, digits and hyphens, and not be 'default'.",
                "name",
            )
        if not new["subnetIds"]:
            yield Refusal("InvalidParameterValue", "at least one subnet is needed.", "subnetIds")
