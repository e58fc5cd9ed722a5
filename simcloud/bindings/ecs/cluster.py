from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings._checks import at
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
_BLOCKS = {"configuration": "configuration", "serviceConnectDefaults": "serviceConnectDefaults"}
_INSIGHTS = ("disabled", "enabled", "enhanced")


class Cluster(Binding):
    """A cluster."""

    token = "aws:ecs/cluster:Cluster"
    service = "ecs"
    operation = "create_cluster"
    parameters = {"clusterName": "name"}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=255)
    tagging = tagging.ECS
    references = (
        Reference("serviceConnectDefaults.namespace", "connect_namespace"),
        Reference("configuration.executeCommandConfiguration.kmsKeyId", "kms_key"),
        Reference("configuration.managedStorageConfiguration.kmsKeyId", "kms_key"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "clusterName": new["name"],
                "settings": new.get("settings"),
                "configuration": new.get("configuration"),
                "serviceConnectDefaults": new.get("serviceConnectDefaults"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["cluster"]["clusterArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ecs").update_cluster(
                cluster=identity,
                **without_none(
                    {
                        "settings": new.get("settings")
                        or [{"name": "containerInsights", "value": "disabled"}],
                        "configuration": new.get("configuration"),
                        "serviceConnectDefaults": new.get("serviceConnectDefaults"),
                    }
                ),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        clusters = ctx.client("ecs").describe_clusters(
            clusters=[identity], include=["SETTINGS", "CONFIGURATIONS"]
        )["clusters"]
        if not clusters or clusters[0]["status"] == "INACTIVE":
            return None
        cluster = clusters[0]
        told = _api.found(ctx, self.token, "ecs", "Cluster", cluster, _BLOCKS)
        return {
            **{name: value or None for name, value in told.items()},
            "arn": cluster["clusterArn"],
            "name": cluster["clusterName"],
            "settings": cluster.get("settings") or [{"name": "containerInsights", "value": "disabled"}],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        services = _active_services(ctx.client("ecs"), identity)
        if services:
            raise Refusal(
                "ClusterContainsServicesException",
                "The Cluster cannot be deleted while Services are active.",
                fix=f"delete {', '.join(services)} first.",
            )
        ctx.client("ecs").delete_cluster(cluster=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name = new["name"]
        # AWS: CreateCluster, ECS API reference: `clusterName`; per reference notes, not verified against AWS.
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal(
                "InvalidParameterException", "a cluster name may hold letters, digits, - and _.", "name"
            )
        where = "configuration.executeCommandConfiguration"
        if at(new, f"{where}.logging") == "OVERRIDE" and at(new, f"{where}.logConfiguration") is None:
            text = "the logging OVERRIDE needs a logConfiguration."
            yield Refusal("InvalidParameterException", text, f"{where}.logConfiguration")
        for position, setting in enumerate(new.get("settings") or ()):
            if isinstance(setting.get("value"), str) and setting["value"] not in _INSIGHTS:
                yield Refusal(
                    "InvalidParameterException",
                    f"{setting['value']!r} is not one of {', '.join(_INSIGHTS)}.",
                    f"settings[{position}].value",
                )


def _active_services(ecs: Any, cluster: str) -> list[str]:
    listed = ecs.list_services(cluster=cluster)["serviceArns"]
    found = ecs.describe_services(cluster=cluster, services=listed)["services"] if listed else []
    return [service["serviceName"] for service in found if service["status"] != "INACTIVE"]
