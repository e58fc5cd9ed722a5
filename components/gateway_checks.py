"""What a gateway refuses about the place of a target."""

from __future__ import annotations

from collections.abc import Sequence

from components.errors import ComponentError
from components.gateway_trial import Trial, check_trial


def check_place(where: str, default: bool, hosts: bool, paths: bool, taken: bool) -> None:
    """Raise ComponentError for a target to which no request leads, or all of another's."""
    if default and paths:
        raise ComponentError(
            where,
            "the default target is given paths",
            expected="no paths: it takes what no other target takes",
            fix="pass default=False or drop the paths",
        )
    if default and taken:
        raise ComponentError(
            where,
            "the gateway has a default target already",
            expected="one default target",
            fix="pass default=False and the paths or hosts of this target",
        )
    if not (default or hosts or paths):
        raise ComponentError(
            where,
            "no request leads to this target",
            expected="hosts or paths",
            fix="give hosts or paths, or make it the default target",
        )


def check_trial_of(where: str, pair: bool, trial: Trial | None, known: Sequence[Trial]) -> None:
    """Raise ComponentError for a trial listener that another target has otherwise, or that nobody uses."""
    if trial is None:
        return
    check_trial(where, trial)
    if any(other.port == trial.port and other != trial for other in known):
        raise ComponentError(
            where,
            f"port {trial.port} has a trial listener for other ranges",
            expected="the same cidrs, or another port",
            fix="use one Trial for all targets of the gateway",
        )
    if not pair:
        raise ComponentError(
            where,
            "a trial listener without a second target group",
            expected="pair=True beside trial",
            fix="drop trial, or pass pair=True",
        )
