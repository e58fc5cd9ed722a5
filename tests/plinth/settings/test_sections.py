"""Sections and settings by the names that readers give them."""

import pytest

from plinth.errors import ConfigurationError
from plinth.settings.sections import sections


@pytest.mark.parametrize(
    ("asked", "paths"),
    [
        ("gateway", ["gateway"]),
        ("edge", ["edge", "edge.kept.<name>", "edge.headers", "edge.rate_limits.<name>", "edge.cloudflare"]),
        ("edge.headers", ["edge.headers"]),
        (
            "services.scaling",
            [
                "services.<name>.scaling",
                "services.<name>.scaling.windows.<name>",
                "services.<name>.scaling.forecast",
            ],
        ),
        ("services.scaling.windows", ["services.<name>.scaling.windows.<name>"]),
        ("services.web.deployment", ["services.<name>.deployment"]),
        ("services.*.deployment", ["services.<name>.deployment"]),
        ("secrets.slots.session", ["secrets.slots.<name>"]),
    ],
)
def test_sections(asked: str, paths: list[str]) -> None:
    assert [chapter.path for chapter in sections(asked)] == paths


def test_everything_begins_with_what_is_in_no_section() -> None:
    everything = sections(None)
    assert everything[0].path == ""
    assert "short_name" in [entry.path for entry in everything[0].entries]
    assert {"network", "services.<name>", "application.auth"} <= {chapter.path for chapter in everything}


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("network.nat", "network.nat"),
        ("short_name", "short_name"),
        ("services.web.cpu", "services.<name>.cpu"),
        ("services.cpu", "services.<name>.cpu"),
        ("edge.headers.frame", "edge.headers.frame"),
    ],
)
def test_one_setting(asked: str, path: str) -> None:
    [chapter] = sections(asked)
    assert [entry.path for entry in chapter.entries] == [path]


@pytest.mark.parametrize(
    ("asked", "fix"),
    [
        ("netwrok", "did you mean network?"),
        ("network.natt", "did you mean network.nat?"),
        ("edge.header", "did you mean edge.headers?"),
        ("zzz", "plinth config docs lists them all"),
    ],
)
def test_no_such_section(asked: str, fix: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        sections(asked)
    assert raised.value.message.startswith(
        f'there is no section "{asked}". Expected one of hosting, network, '
    )
    assert raised.value.fix == fix
