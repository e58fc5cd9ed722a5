"""Values by their path, and the nearest name where there is none."""

from typing import Any

import pytest

from plinth.errors import ConfigurationError
from plinth.settings.value_at import value_at

SETTINGS = {
    "network": {"nat": "single", "public_cidrs": ["10.0.1.0/24", "10.0.2.0/24"], "peered_with": {}},
    "services": {"web": {"cpu": 512, "scaling": None}},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("network.nat", "single"),
        ("network.public_cidrs[1]", "10.0.2.0/24"),
        ("services.web.scaling", None),
        ("services.web", {"cpu": 512, "scaling": None}),
        ("network.peered_with", {}),
    ],
)
def test_values(path: str, value: Any) -> None:
    assert value_at(SETTINGS, path) == value


@pytest.mark.parametrize(
    ("path", "missing", "expected", "fix"),
    [
        ("netwrok", "netwrok in the settings", "one of network, services", "did you mean network?"),
        (
            "network.natt",
            "natt in network",
            "one of nat, public_cidrs, peered_with",
            "did you mean network.nat?",
        ),
        ("services.api", "api in services", "one of web", "name one of them, or leave the rest out"),
        (
            "services.web.scaling.max",
            "max in services.web.scaling",
            "no further step: it has no parts",
            "name services.web.scaling itself",
        ),
        (
            "network.public_cidrs[2]",
            "2 in network.public_cidrs",
            "one of 0, 1",
            "name one of them, or leave the rest out",
        ),
    ],
)
def test_no_value(path: str, missing: str, expected: str, fix: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        value_at(SETTINGS, path)
    assert raised.value.message == f"{path}: there is no {missing}. Expected {expected}."
    assert raised.value.fix == fix
