"""Alarms as CloudWatch answers them."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import Alarm

from simcloud.patches import around


@around(Alarm)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: a new alarm has insufficient data; moto: it is OK before it has seen any."""
    original(self, *args, **kwargs)
    self.state_value = "INSUFFICIENT_DATA"
