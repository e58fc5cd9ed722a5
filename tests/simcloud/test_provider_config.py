"""What is said of a provider itself: `aws.Provider("west", region=...)`."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from simcloud.cloud import Cloud
from simcloud.marshal import props_of, struct_of
from simcloud.servicer import AwsServicer
from simcloud.values import UNKNOWN


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("eu-central-2", []),
        (UNKNOWN, []),
        ("us-esat-1", [("region", "InvalidParameterValue: invalid AWS Region: 'us-esat-1'.")]),
    ],
)
def test_region_of_a_provider(region: Any, said: list[tuple[str, str]]) -> None:
    news = {"region": region, "version": "7.51.1"}
    servicer: Any = AwsServicer(Cloud(), "7.51.1")
    answer = servicer.CheckConfig(provider_pb2.CheckRequest(news=struct_of(news)), None)
    assert [(failure.property, failure.reason) for failure in answer.failures] == said
    assert props_of(answer.inputs) == news
