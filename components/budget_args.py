"""What an environment may cost, and who hears when it will cost more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

THRESHOLDS = (50, 80, 100)


@dataclass(frozen=True, kw_only=True)
class CostTag:
    """Only what carries this tag counts. The tag must be activated as a cost allocation tag, once per account."""

    key: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A part of the budget: `services` by their names in Cost Explorer, such as `Amazon ElastiCache`."""

    monthly_usd: float
    services: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """Costs that are unusual by `min_usd` and by `min_percent` are told of.

    `existing_monitor_arn` is a monitor to listen to; an account has one at most that watches all services, so the
    second environment of an account needs it, or a `cost_tag`.
    """

    min_usd: float = 20
    min_percent: float = 40
    existing_monitor_arn: pulumi.Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class BudgetArgs:
    """`monthly_usd` is the limit. `cost_tag` None counts the whole account.

    At each of `actual_percent` of what is spent, and of `forecast_percent` of what will have been at the month's end,
    `emails` (at most 10) and the topic hear of it. `topic_arn` is a topic that Budgets and Cost Anomaly Detection
    may publish to; `own_topic` makes one. `lines` split the limit. `anomaly` None detects no anomalies.
    """

    monthly_usd: float
    cost_tag: CostTag | None = None
    actual_percent: Sequence[int] = THRESHOLDS
    forecast_percent: Sequence[int] = THRESHOLDS
    emails: Sequence[str] = ()
    topic_arn: pulumi.Input[str] | None = None
    own_topic: bool = False
    lines: Mapping[str, Line] = field(default_factory=dict)
    anomaly: Anomaly | None = field(default_factory=Anomaly)
    tags: Mapping[str, str] = field(default_factory=dict)
