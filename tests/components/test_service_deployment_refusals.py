"""What a deployment strategy must not say."""

from typing import Any

import pulumi
import pytest

from components.errors import ComponentError
from components.service import BlueGreen, Canary, Guard, Hook, Linear, Rolling
from components.service_deployment import Deployment
from tests.components.recording import Cloud
from tests.components.standing import SERVICE as NAME
from tests.components.test_service import TARGET
from tests.components.test_service_deployment import TRIAL, deploy

REFUSED: list[tuple[Deployment, dict[str, Any], str]] = [
    (
        BlueGreen(),
        {"target": TARGET},
        "BlueGreen moves traffic between two target groups, and the target is one. Expected a pair. "
        "Fix: give the service `behind` instead, or make the target with pair=True.",
    ),
    (
        Canary(guard=None),
        {"target": None},
        "Canary shifts traffic, and the service gets none. Expected a load balancer or Service Connect. "
        "Fix: give the service `behind` or `connect`, or deploy with Rolling().",
    ),
    (
        Rolling(guard=Guard()),
        {"target": None},
        "a guard on the answers, but no load balancer sees them. Expected a load balancer, or guard=None with "
        "rollback_alarms. Fix: give the service `behind`, or pass guard=None.",
    ),
    (
        Rolling(pair=True),
        {"target": None},
        "a pair of target groups, but no load balancer. Expected `behind`, or `target` with an alternate. "
        "Fix: drop pair, or give the service `behind`.",
    ),
    (
        Rolling(trial=TRIAL),
        {},
        "a trial listener for a target that the caller made. Expected the trial where the target is made. "
        "Fix: pass trial to gateway.target, or give the service `behind`.",
    ),
    (
        BlueGreen(bake_minutes=1441),
        {},
        "bake_minutes is 1441. Expected 0 to 1440 minutes, which is what AWS takes. "
        "Fix: choose another bake_minutes.",
    ),
    (
        BlueGreen(bake_minutes=2),
        {},
        "the old version is gone after 2 minutes, before an alarm could fire. Expected bake_minutes of 3 or "
        "more, or guard=None. Fix: raise bake_minutes to 3.",
    ),
    (
        Canary(percent=100),
        {},
        "100 percent of the traffic at a time. Expected 0.1 to less than 100; BlueGreen shifts all at once. "
        "Fix: choose another percent.",
    ),
    (
        Canary(canary_minutes=-1),
        {},
        "canary_minutes is -1. Expected 0 to 1440 minutes, which is what AWS takes. "
        "Fix: choose another canary_minutes.",
    ),
    (
        Linear(percent=2),
        {},
        "2 percent of the traffic at a time. Expected 3 to less than 100; BlueGreen shifts all at once. "
        "Fix: choose another percent.",
    ),
    (
        Linear(step_minutes=2000),
        {},
        "step_minutes is 2000. Expected 0 to 1440 minutes, which is what AWS takes. "
        "Fix: choose another step_minutes.",
    ),
    (
        BlueGreen(hooks=[Hook(function_arn="arn:f", stages=["AFTERWARDS"])]),
        {},
        "a hook at AFTERWARDS. Expected one or more of RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, "
        "TEST_TRAFFIC_SHIFT, POST_TEST_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT. "
        "Fix: correct the hook's stages.",
    ),
    (
        BlueGreen(hooks=[Hook(function_arn="arn:f", stages=[])]),
        {},
        "a hook at no stage. Expected one or more of RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, "
        "TEST_TRAFFIC_SHIFT, POST_TEST_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT. "
        "Fix: correct the hook's stages.",
    ),
]


@pytest.mark.parametrize(("deployment", "more", "sentence"), REFUSED)
def test_contradictions_are_refused_before_anything_is_made(
    cloud: Cloud, deployment: Deployment, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        deploy(cloud, deployment, **more)
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert not [made for made in cloud.made if made.name.startswith(NAME)]


def test_an_alarm_that_waits_for_the_service_is_refused(cloud: Cloud) -> None:
    waiting: Any = pulumi.Output.from_input("la-prod-web-cpu")
    with pytest.raises(ComponentError, match="a rollback alarm is given as an output") as refused:
        deploy(cloud, BlueGreen(rollback_alarms=[waiting]))
    assert 'Fix: write the name out, such as "la-prod-web-cpu".' in str(refused.value)
