"""What settings let pass, components take: the limits of deployments are the same on both sides."""

import pytest

from components.errors import ComponentError
from components.service_bake import MINUTES_TO_ALARM
from components.service_deployment import Canary, Linear
from components.service_deployment_checks import check_deployment
from stacks.settings.contradictions.deployment import LEAST_PERCENT
from stacks.settings.contradictions.deployment import MINUTES_TO_ALARM as SETTINGS_MINUTES_TO_ALARM


def refused(wanted: Canary | Linear) -> bool:
    try:
        check_deployment("web", wanted, balanced=True, connected=False)
    except ComponentError:
        return True
    return False


def test_the_time_that_alarms_need() -> None:
    assert SETTINGS_MINUTES_TO_ALARM == MINUTES_TO_ALARM


@pytest.mark.parametrize(("strategy", "kind"), [("canary", Canary), ("linear", Linear)])
def test_the_smallest_and_the_largest_step(strategy: str, kind: type[Canary] | type[Linear]) -> None:
    least = LEAST_PERCENT[strategy]
    assert [refused(kind(percent=percent)) for percent in (least - 0.05, least, 99.9, 100)] == [
        *(True, False, False, True)
    ]
