"""What an environment may cost per month, told before it costs more."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws
from pulumi_aws.budgets import BudgetCostFilterArgs, BudgetNotificationArgs
from pulumi_aws.costexplorer import (
    AnomalySubscriptionSubscriberArgs,
    AnomalySubscriptionThresholdExpressionArgs,
)

from components import names
from components.budget_args import Anomaly, BudgetArgs, CostTag, Line
from components.budget_checks import check_budget
from components.budget_topic import make_budget_topic

__all__ = ["Anomaly", "Budget", "BudgetArgs", "CostTag", "Line"]

_BUDGET = names.Limit("budget name", 100)  # AWS: Budget, BudgetName (botocore 1.44.5), read 2026-11


class Budget(pulumi.ComponentResource):
    """A monthly cost budget with one budget per line, and a watch for unusual costs."""

    component_name: str
    budget_names: Sequence[pulumi.Output[str]]
    topic_arn: pulumi.Input[str] | None
    monitor_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: BudgetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_budget(name, args)
        super().__init__("plinth:budget:Budget", name, {}, opts)
        self.component_name, self._args = name, args
        self._emails = list(dict.fromkeys(args.emails))
        self.topic_arn = (
            make_budget_topic(self, f"{name}-topic", args.tags) if args.own_topic else args.topic_arn
        )
        whole = self._budget(name, args.monthly_usd, ())
        parts = [
            self._budget(f"{name}-{label}", line.monthly_usd, line.services)
            for label, line in args.lines.items()
        ]
        self.budget_names = [whole.name, *[part.name for part in parts]]
        self.monitor_arn = self._detect(args.anomaly) if args.anomaly else None
        self.register_outputs({"budget_names": self.budget_names, "monitor_arn": self.monitor_arn})

    def _budget(self, name: str, monthly_usd: float, services: Sequence[str]) -> aws.budgets.Budget:
        return aws.budgets.Budget(
            names.fit(name, _BUDGET),
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=_plain(monthly_usd),
            limit_unit="USD",
            cost_filters=self._filters(services) or None,
            notifications=self._notifications(),
            tags={**self._args.tags, "Name": name},
            opts=self._child(),
        )

    def _filters(self, services: Sequence[str]) -> list[BudgetCostFilterArgs]:
        tag = self._args.cost_tag
        tagged = (
            [BudgetCostFilterArgs(name="TagKeyValue", values=[f"user:{tag.key}${tag.value}"])] if tag else []
        )
        named = [BudgetCostFilterArgs(name="Service", values=list(services))] if services else []
        return [*tagged, *named]

    def _notifications(self) -> list[BudgetNotificationArgs]:
        kinds = (("ACTUAL", self._args.actual_percent), ("FORECASTED", self._args.forecast_percent))
        return [
            BudgetNotificationArgs(
                notification_type=kind,
                comparison_operator="GREATER_THAN",
                threshold=percent,
                threshold_type="PERCENTAGE",
                subscriber_email_addresses=self._emails or None,
                subscriber_sns_topic_arns=None if self.topic_arn is None else [self.topic_arn],
            )
            for kind, percents in kinds
            for percent in percents
        ]

    def _detect(self, anomaly: Anomaly) -> pulumi.Output[str]:
        """One subscription per way: AWS sends mails once a day and messages to topics at once."""
        monitor = self._monitor(anomaly)
        if self._emails:
            people = [AnomalySubscriptionSubscriberArgs(type="EMAIL", address=mail) for mail in self._emails]
            self._subscribe("mails", "DAILY", monitor, people, anomaly)
        if self.topic_arn is not None:
            topic = AnomalySubscriptionSubscriberArgs(type="SNS", address=self.topic_arn)
            self._subscribe("topic-messages", "IMMEDIATE", monitor, [topic], anomaly)
        return monitor

    def _monitor(self, anomaly: Anomaly) -> pulumi.Output[str]:
        if anomaly.existing_monitor_arn is not None:
            return pulumi.Output.concat(anomaly.existing_monitor_arn)
        name, tag = f"{self.component_name}-monitor", self._args.cost_tag
        return aws.costexplorer.AnomalyMonitor(
            name,
            monitor_type="DIMENSIONAL" if tag is None else "CUSTOM",
            monitor_dimension="SERVICE" if tag is None else None,
            monitor_specification=None if tag is None else _tagged(tag),
            tags={**self._args.tags, "Name": name},
            opts=self._child(),
        ).arn

    def _subscribe(
        self,
        suffix: str,
        frequency: str,
        monitor_arn: pulumi.Input[str],
        subscribers: list[AnomalySubscriptionSubscriberArgs],
        anomaly: Anomaly,
    ) -> None:
        name = f"{self.component_name}-{suffix}"
        aws.costexplorer.AnomalySubscription(
            name,
            frequency=frequency,
            monitor_arn_lists=[monitor_arn],
            subscribers=subscribers,
            threshold_expression=_at_least(anomaly),
            tags={**self._args.tags, "Name": name},
            opts=self._child(),
        )

    def _child(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)


def _tagged(tag: CostTag) -> str:
    return json.dumps({"Tags": {"Key": tag.key, "Values": [tag.value], "MatchOptions": ["EQUALS"]}})


def _at_least(anomaly: Anomaly) -> AnomalySubscriptionThresholdExpressionArgs:
    """Both the amount and the share: 40 % of a cent is no news, nor are 20 USD of 20,000."""
    impacts = {"ABSOLUTE": anomaly.min_usd, "PERCENTAGE": anomaly.min_percent}
    return AnomalySubscriptionThresholdExpressionArgs(
        ands=[
            aws.costexplorer.AnomalySubscriptionThresholdExpressionAndArgs(
                dimension=aws.costexplorer.AnomalySubscriptionThresholdExpressionAndDimensionArgs(
                    key=f"ANOMALY_TOTAL_IMPACT_{kind}",
                    match_options=["GREATER_THAN_OR_EQUAL"],
                    values=[_plain(least)],
                )
            )
            for kind, least in impacts.items()
        ]
    )


def _plain(number: float) -> str:
    """Without an exponent and without idle zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
