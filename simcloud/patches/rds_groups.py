"""Groups of RDS, and who listens to it, as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import (
    DBParameterGroupNotFoundError,
    InvalidParameterCombination,
    InvalidParameterValue,
    RDSClientError,
)
from moto.rds.models import DBSubnetGroup, EventSubscription, RDSBackend
from moto.rds.responses import RDSResponse

from simcloud.bindings.rds import _parameters
from simcloud.bindings.rds._aurora import EVERY
from simcloud.patches import adds, around

DBSubnetGroup.supported_network_types = ["IPV4"]  # type: ignore[attr-defined]


@around(RDSBackend)
def create_subnet_group(original: Any, self: Any, subnet_name: str, *rest: Any, **more: Any) -> Any:
    """AWS: names are unique; moto: overwrites."""
    if subnet_name in self.subnet_groups:
        raise RDSClientError("DBSubnetGroupAlreadyExists", f"DB subnet group {subnet_name} already exists.")
    return original(self, subnet_name, *rest, **more)


@around(RDSBackend)
def modify_db_subnet_group(original: Any, self: Any, subnet_name: str, *rest: Any, **more: Any) -> Any:
    """AWS: changes the group; moto: takes it out of the list and never puts it back."""
    self.describe_db_subnet_groups(subnet_name)
    group = original(self, subnet_name, *rest, **more)
    self.subnet_groups[subnet_name] = group
    return group


@around(RDSBackend)
def delete_subnet_group(original: Any, self: Any, subnet_name: str) -> Any:
    """AWS: refuses while an instance or a cluster stands in it; moto: deletes."""
    for cluster in self.clusters.values():
        if cluster.db_subnet_group_name == subnet_name:
            raise RDSClientError(
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{subnet_name}' because at least one database cluster: "
                f"{cluster.db_cluster_identifier} is still using it.",
            )
    for instance in self.databases.values():
        group = getattr(instance, "db_subnet_group", None)
        if group is not None and group.name == subnet_name:
            raise RDSClientError(
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{subnet_name}' because at least one database instance: "
                f"{instance.db_instance_identifier} is still using it.",
            )
    return original(self, subnet_name)


@around(RDSBackend)
def create_db_parameter_group(original: Any, self: Any, db_parameter_group_kwargs: Any) -> Any:
    """AWS: knows its families; moto: takes any."""
    family = db_parameter_group_kwargs.get("db_parameter_group_family", "")
    ours = family.startswith(tuple(EVERY))
    if ours and not any(family in engine.families for engine in EVERY.values()):
        raise InvalidParameterValue(f"ParameterGroupFamily {family} is not a valid parameter group family")
    return original(self, db_parameter_group_kwargs)


@around(RDSBackend)
def describe_db_parameter_groups(original: Any, self: Any, db_parameter_group_kwargs: Any) -> Any:
    """AWS: says that a named group is not there; moto: answers an empty list."""
    found = original(self, db_parameter_group_kwargs)
    name = db_parameter_group_kwargs.get("db_parameter_group_name")
    if name and not found:
        raise DBParameterGroupNotFoundError(name)
    return found


@around(RDSBackend)
def modify_db_parameter_group(original: Any, self: Any, db_parameter_group_name: str, parameters: Any) -> Any:
    """AWS: knows its parameters, and which wait for a restart; moto: takes any."""
    group = self.db_parameter_groups.get(db_parameter_group_name)
    for parameter in parameters if group is not None and str(group.family).startswith(tuple(EVERY)) else ():
        text = _parameters.refusal(group.family, parameter["ParameterName"], parameter["ApplyMethod"])
        if text:
            raise (InvalidParameterCombination if text.startswith("cannot use") else InvalidParameterValue)(
                text
            )
    return original(self, db_parameter_group_name, parameters)


@around(RDSBackend)
def delete_db_parameter_group(original: Any, self: Any, db_parameter_group_name: str) -> Any:
    """AWS: refuses while an instance uses it; moto: deletes."""
    if any(
        instance.db_parameter_group_name == db_parameter_group_name for instance in self.databases.values()
    ):
        raise RDSClientError(
            "InvalidDBParameterGroupState",
            f"One or more database instances are still members of this parameter group {db_parameter_group_name}, "
            "so the group cannot be deleted",
        )
    return original(self, db_parameter_group_name)


@adds(RDSResponse)
def reset_db_parameter_group(self: Any) -> Any:
    """AWS: gives parameters their defaults back; moto: not implemented."""
    name = self.params.get("DBParameterGroupName")
    group = self.backend.db_parameter_groups.get(name)
    if group is None:
        raise DBParameterGroupNotFoundError(name)
    if self.params.get("ResetAllParameters"):
        group.parameters.clear()
    for parameter in self.params.get("Parameters") or ():
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBParameterGroupName": name})


@adds(RDSResponse)
def modify_event_subscription(self: Any) -> Any:
    """AWS: changes a subscription; moto: not implemented."""
    subscription = _subscription(self)
    for name in ("sns_topic_arn", "source_type", "event_categories", "enabled"):
        if self.params.get(name) is not None:
            setattr(subscription, name, self.params.get(name))
    return ActionResult({"EventSubscription": subscription})


@adds(RDSResponse)
def add_source_identifier_to_subscription(self: Any) -> Any:
    """AWS: adds a source; moto: not implemented."""
    subscription = _subscription(self)
    subscription.source_ids = [*subscription.source_ids, self.params["SourceIdentifier"]]
    return ActionResult({"EventSubscription": subscription})


@adds(RDSResponse)
def remove_source_identifier_from_subscription(self: Any) -> Any:
    """AWS: drops a source; moto: not implemented."""
    subscription = _subscription(self)
    gone = self.params["SourceIdentifier"]
    subscription.source_ids = [source for source in subscription.source_ids if source != gone]
    return ActionResult({"EventSubscription": subscription})


def _subscription(response: Any) -> EventSubscription:
    name = response.params["SubscriptionName"]
    found: EventSubscription = next(iter(response.backend.describe_event_subscriptions(name)))
    return found


@around(EventSubscription)
def __init__(original: Any, self: Any, *args: Any, **given: Any) -> None:
    """AWS: a subscription is on unless told otherwise; moto: off. AWS also says whose it is."""
    given.setdefault("enabled", True)
    original(self, *args, **given)
    self.customer_aws_id = self.account_id


@around(RDSBackend)
def create_db_cluster_parameter_group(
    original: Any,
    self: Any,
    db_cluster_parameter_group_name: str,
    db_parameter_group_family: str,
    **given: Any,
) -> Any:
    """AWS: knows its families; moto: takes any."""
    ours = db_parameter_group_family.startswith(tuple(EVERY))
    if ours and not any(db_parameter_group_family in engine.families for engine in EVERY.values()):
        raise InvalidParameterValue(
            f"ParameterGroupFamily {db_parameter_group_family} is not a valid parameter group family"
        )
    return original(
        self,
        db_cluster_parameter_group_name=db_cluster_parameter_group_name,
        db_parameter_group_family=db_parameter_group_family,
        **given,
    )


@around(RDSBackend)
def delete_db_cluster_parameter_group(original: Any, self: Any, db_cluster_parameter_group_name: str) -> Any:
    """AWS: refuses while a cluster uses it; moto: deletes."""
    if any(cluster.parameter_group == db_cluster_parameter_group_name for cluster in self.clusters.values()):
        raise RDSClientError(
            "InvalidDBParameterGroupState",
            "One or more DB clusters are still members of this parameter group "
            f"{db_cluster_parameter_group_name}, so the group cannot be deleted",
        )
    return original(self, db_cluster_parameter_group_name)


@adds(RDSResponse)
def reset_db_cluster_parameter_group(self: Any) -> Any:
    """AWS: gives parameters their defaults back; moto: not implemented."""
    name = self.params.get("DBClusterParameterGroupName")
    group = self.backend.describe_db_cluster_parameter_groups(name)[0]
    if self.params.get("ResetAllParameters"):
        group.parameters.clear()
    for parameter in self.params.get("Parameters") or ():
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBClusterParameterGroupName": name})
