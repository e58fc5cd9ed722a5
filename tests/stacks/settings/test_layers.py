"""Layers lie over one another, and `services.*` is every service."""

from typing import Any

import pytest

from stacks.settings.layers import lay


@pytest.mark.parametrize(
    ("layers", "services"),
    [
        pytest.param(
            [{"*": {"cpu": 1}}, {"web": {"port": 3000}}],
            {"web": {"cpu": 1, "port": 3000}},
            id="what an environment says of every service, below the system's",
        ),
        pytest.param(
            [{"*": {"cpu": 1}}, {"web": {"cpu": 2}, "api": {}}],
            {"web": {"cpu": 2}, "api": {"cpu": 1}},
            id="one's own wins over an earlier layer's every",
        ),
        pytest.param(
            [{"web": {"cpu": 2}}, {"*": {"cpu": 3}}],
            {"web": {"cpu": 3}},
            id="a later layer's every wins over one's own",
        ),
        pytest.param(
            [{"web": {}}, {"*": {"cpu": 3}, "web": {"cpu": 4}}],
            {"web": {"cpu": 4}},
            id="within a layer one's own wins",
        ),
        pytest.param(
            [{"*": {"scaling": {"min": 1, "max": 2}}}, {"web": {"scaling": {"max": 4}}}],
            {"web": {"scaling": {"min": 1, "max": 4}}},
            id="at any depth",
        ),
        pytest.param(
            [{"*": {"scaling": {"min": 1}}}, {"web": {"scaling": None}}],
            {"web": {"scaling": None}},
            id="null takes away",
        ),
        pytest.param([{"*": {"cpu": 1}}, {}], {}, id="every service of none"),
        pytest.param(
            [{"*": {"cpu": 1}}, {"web": {}}, {"job": {"cpu": 2}}],
            {"web": {"cpu": 1}, "job": {"cpu": 2}},
            id="of services that a later layer adds, too",
        ),
        pytest.param([{"web": {"cpu": 1}}, {"*": 3}], {"web": 3}, id="nonsense stays, to be told"),
    ],
)
def test_services(layers: list[dict[str, Any]], services: dict[str, Any]) -> None:
    assert lay(*({"services": layer} for layer in layers))["services"] == services


def test_services_that_are_no_mapping_stay_to_be_told() -> None:
    assert lay({"services": {"*": {"cpu": 1}}}, {"services": 3}) == {"services": 3}


def test_everything_else_is_merged() -> None:
    assert lay({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}, {"d": [1]}) == {"a": {"b": 1, "c": 3}, "d": [1]}
