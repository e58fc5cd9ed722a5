from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _grants
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

# AWS: «Amazon RDS event categories and event messages», RDS User Guide; per reference notes, not verified against AWS.
_CATEGORIES = {
    "blue-green-deployment": {"creation", "deletion", "failure", "notification"},
    "custom-engine-version": {"creation", "deletion", "failure", "restoration"},
    "db-cluster": {
        "configuration change", "creation", "deletion", "failover", "failure", "global failover", "maintenance",
        "migration", "notification", "serverless",
    },
    "db-cluster-snapshot": {"backup", "notification"},
    "db-instance": {
        "availability", "backtrack", "backup", "configuration change", "creation", "deletion", "failover", "failure",
        "low storage", "maintenance", "notification", "read replica", "recovery", "restoration", "security",
        "security patching",
    },
    "db-parameter-group": {"configuration change"},
    "db-proxy": {"configuration change", "creation", "deletion", "failure"},
    "db-security-group": {"configuration change", "failure"},
    "db-shard-group": {"failure", "maintenance", "notification"},
    "db-snapshot": {"creation", "deletion", "notification", "restoration"},
}  # fmt: skip
_SERVICE = "events.rds.amazonaws.com"
# AWS: «Resource types defined by Amazon RDS», Service Authorization Reference; per reference notes, not verified.
_RESOURCES = {"db-instance": "db", "db-cluster": "cluster", "db-cluster-snapshot": "cluster-snapshot",
    "db-parameter-group": "pg", "db-security-group": "secgrp", "db-snapshot": "snapshot"}  # fmt: skip


class EventSubscription(Binding):
    """Which events of databases are told to a topic."""

    token = "aws:rds/eventSubscription:EventSubscription"
    service = "rds"
    faults = {"SubscriptionAlreadyExist": "name"}
    operation = "create_event_subscription"
    parameters = {"SubscriptionName": "name", "SnsTopicArn": "snsTopic"}
    replaces = frozenset({"name", "namePrefix"})
    defaults = {"enabled": True}
    autoname = AutoName(limit=255)
    tagging = tagging.RDS
    references = (Reference("snsTopic", "topic"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "SubscriptionName": new["name"],
                "SnsTopicArn": new["snsTopic"],
                "SourceType": new.get("sourceType"),
                "EventCategories": new.get("eventCategories"),
                "SourceIds": new.get("sourceIds"),
                "Enabled": new["enabled"],
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["EventSubscription"]["CustSubscriptionId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        rds, params = ctx.client("rds"), self.request(ctx, new)
        params.pop("SourceIds", None)
        rds.modify_event_subscription(**{"EventCategories": [], **params})
        before, after = (set(props.get("sourceIds") or ()) for props in (old, new))
        for source in sorted(after - before):
            rds.add_source_identifier_to_subscription(SubscriptionName=identity, SourceIdentifier=source)
        for source in sorted(before - after):
            rds.remove_source_identifier_from_subscription(SubscriptionName=identity, SourceIdentifier=source)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        rds = ctx.client("rds")
        found = rds.describe_event_subscriptions(SubscriptionName=identity)["EventSubscriptionsList"][0]
        return {
            "arn": found["EventSubscriptionArn"],
            "customerAwsId": found.get("CustomerAwsId", ctx.account),
            "name": found["CustSubscriptionId"],
            "namePrefix": given.get("namePrefix", ""),
            "snsTopic": found["SnsTopicArn"],
            "sourceType": found.get("SourceType"),
            "eventCategories": found.get("EventCategoriesList") or None,
            "sourceIds": found.get("SourceIdsList") or None,
            "enabled": found["Enabled"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_event_subscription(SubscriptionName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        kind = new.get("sourceType")
        if new["name"] == "":
            yield Refusal("InvalidParameterValue", "the name must not be empty.", "name")
        topic = new["snsTopic"]
        if isinstance(topic, str) and not topic.startswith(f"arn:{ctx.partition}:sns:"):
            yield Refusal("SNSTopicArnNotFound", f"{topic!r} is no ARN of a topic.", "snsTopic")
        if new.get("sourceIds") and kind is None:
            yield Refusal("MissingParameter", "sourceIds need sourceType.", "sourceType")
        if not isinstance(kind, str):
            return
        if kind not in _CATEGORIES:
            known = ", ".join(_CATEGORIES)
            yield Refusal(
                "InvalidParameterValue", f"Source type {kind!r} is not one of: {known}.", "sourceType"
            )
            return
        categories = new.get("eventCategories")
        for position, category in enumerate(categories if isinstance(categories, list) else ()):
            if isinstance(category, str) and category not in _CATEGORIES[kind]:
                yield Refusal(
                    "SubscriptionCategoryNotFound",
                    f"The event category {category!r} does not exist for {kind}; there are "
                    f"{', '.join(sorted(_CATEGORIES[kind]))}.",
                    f"eventCategories[{position}]",
                )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if not _may_publish(ctx, new):
            yield Refusal(
                "SNSNoAuthorization",
                "You do not have permission to publish to the SNS topic ARN.",
                "snsTopic",
                f"the topic's policy must allow {_SERVICE} sns:Publish on behalf of the database; let the subscription "
                "depend on it.",
            )
        if new.get("sourceType") != "db-instance":
            return
        found = ctx.client("rds").describe_db_instances()["DBInstances"]
        known = {instance["DBInstanceIdentifier"] for instance in found}
        for position, source in enumerate(new.get("sourceIds") or ()):
            if source not in known:
                yield Refusal("SourceNotFound", f"Unable to find source: {source}", f"sourceIds[{position}]")


# AWS: «Granting permissions to publish notifications to an Amazon SNS topic», RDS User Guide, read 2026-11: the source
# is the database, and a topic's default policy lets RDS in as well.
def _may_publish(ctx: Context, new: Props) -> bool:
    policy = ctx.client("sns").get_topic_attributes(TopicArn=new["snsTopic"])["Attributes"]["Policy"]
    kind, account = _RESOURCES.get(new.get("sourceType") or "", "db"), ctx.account
    facts = {"aws:sourceaccount": account, "aws:sourceowner": account}
    return all(
        _grants.lets(
            policy,
            _SERVICE,
            "sns:Publish",
            new["snsTopic"],
            {**facts, "aws:sourcearn": ctx.arn("rds", f"{kind}:{source}")},
        )
        for source in new.get("sourceIds") or ["any"]
    )
