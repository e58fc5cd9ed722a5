import pytest

from plinth.engine.version import parse_version


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("v3.259.0", True),
        ("3.259.0\n", True),
        ("v3.259.1", True),
        ("v3.260.0", True),
        ("v3.1000.0", True),
        ("v3.260.0-alpha.1755000000+abc", True),
        ("v3.259.0+dirty", True),
        ("v3.258.9", False),
        ("v3.99.0", False),
        ("v3.259.0-alpha.1", False),
        ("v3.259.0-dev.0", False),
        ("v2.300.0", False),
        ("v4.0.0", False),
    ],
)
def test_which_versions_will_do(text: str, good: bool) -> None:
    wanted, found = parse_version("3.259.0"), parse_version(text)
    assert wanted is not None
    assert found is not None
    assert found.satisfies(wanted) is good


def test_pre_releases_are_ordered_as_semver_says() -> None:
    ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0"]
    versions = [parse_version(text) for text in ordered]
    assert None not in versions
    assert sorted(versions, key=lambda version: version or ()) == versions


@pytest.mark.parametrize("text", ["", "pulumi", "3.259", "unknown"])
def test_what_is_no_version(text: str) -> None:
    assert parse_version(text) is None


def test_go_says_its_version_in_its_own_way() -> None:
    assert parse_version("go1.26.8") == (1, 26, 8, True, ())
