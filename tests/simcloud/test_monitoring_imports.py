"""What watches the account is imported by the ids of the real provider's documentation, and gets the id that it had."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider, Resource
from tests.simcloud.lifecycle_runner import Runner, load, urn

LIFECYCLE = Path(__file__).parent / "lifecycle"
CASES = {
    "cloudwatch/event_rule_on_bus": "la-orders/{name}",
    "cloudwatch/event_target": "la-failures/alerts",
    "cloudwatch/event_target_ecs": "la-orders/la-orders/{targetId}",
    "cloudwatch/log_stream": "/app/api:audit",
    "cloudwatch/log_subscription_filter": "/app/api|errors",
    "cloudwatch/query_definition": "{arn}",
    "guardduty/detector_feature": "{detectorId}/RUNTIME_MONITORING",
    "securityhub/account": "123456789012",
    "synthetics/canary": "la-login",
}


# AWS does not tell them, or not as they were written.
UNTOLD = {"__defaults", "artifactS3Location", "enableDefaultStandards", "runConfig", "vpcConfig"}


@pytest.mark.parametrize("case", CASES)
def test_it_is_found(case: str) -> None:
    ctx = Context(Cloud())
    runner = Runner(load(LIFECYCLE / f"{case}.yaml"), Provider(ctx), ctx)
    runner.make_given()
    made = runner.creates()
    found = _imported(runner, CASES[case].format(**made.outputs))
    assert found.identity == made.identity
    assert found.outputs["id"] == made.identity
    for name in set(made.inputs) & set(found.inputs) - UNTOLD:
        assert found.outputs[name] == made.outputs[name], name


def _imported(runner: Runner, identity: str) -> Resource:
    token = runner.case.type
    found = runner.provider.read(urn("it", token), token, identity, {}, {})
    assert found is not None, identity
    return found
