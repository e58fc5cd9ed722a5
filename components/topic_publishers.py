"""Which of AWS's services may publish to a topic, each only on behalf of this account, and nobody without TLS."""

from __future__ import annotations

from components.account import Account
from components.iam_policy import Statement, allow, deny


def alarms(account: Account, topic_arn: str) -> Statement:
    """Alarms of CloudWatch: whatever watches through one, be it a backup, a job or a trail, publishes as it."""
    return _service(
        account, topic_arn, "AlarmsOfThisAccount", "cloudwatch", account.arn("cloudwatch", "alarm:*")
    )


def databases(account: Account, topic_arn: str) -> Statement:
    """RDS's own messages."""
    # The source is the database or cluster itself, not the subscription. AWS: RDS User Guide, "Granting permissions to
    # publish notifications to an Amazon SNS topic", read 2026-11.
    return _service(account, topic_arn, "EventsOfDatabases", "events.rds", account.arn("rds", "*"))


def budgets(account: Account, topic_arn: str) -> Statement:
    """Budgets that are exceeded or will be."""
    # AWS: "Creating an Amazon SNS topic for budget notifications", read 2026-11.
    source = f"arn:{account.partition}:budgets::{account.id}:*"
    return _service(account, topic_arn, "BudgetsOfThisAccount", "budgets", source)


def anomalies(account: Account, topic_arn: str) -> Statement:
    """Unusual costs."""
    # AWS: "Creating an Amazon SNS topic for anomaly notifications", read 2026-11: the account is all that it names.
    return _service(account, topic_arn, "AnomaliesOfThisAccount", "costalerts", None)


def nobody_without_tls(topic_arn: str) -> Statement:
    """Not even whoever may publish."""
    return deny(
        "NobodyWithoutTls",
        ["sns:Publish"],
        [topic_arn],
        principal="*",
        condition={"Bool": {"aws:SecureTransport": "false"}},
    )


def _service(account: Account, topic_arn: str, sid: str, service: str, source_arn: str | None) -> Statement:
    condition = {"StringEquals": {"aws:SourceAccount": account.id}}
    if source_arn is not None:
        condition["ArnLike"] = {"aws:SourceArn": source_arn}
    return allow(
        sid,
        ["sns:Publish"],
        [topic_arn],
        principal={"Service": f"{service}.amazonaws.com"},
        condition=condition,
    )
