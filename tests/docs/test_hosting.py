"""docs/hosting.md says of every place what Plinth says, and names settings that there are."""

import re
from collections.abc import Iterator

import pytest

from stacks.settings.chapters import chapters
from stacks.settings.contradictions.hosting import NOT_PROVISIONED
from stacks.settings.errors import ConfigurationError
from stacks.settings.load import Configuration, load
from tests.architecture.repository import ROOT

PAGE = (ROOT / "docs" / "hosting.md").read_text()
REFUSED, COMPARED = PAGE.split("## What the practice app's document compares")

# The document's lists, place by place, in its order.
VALUED = {
    "Vercel (recommended for the frontend)": [
        "automatic deployments from Git",
        "edge network, a global CDN",
        "serverless functions",
        "preview deployments",
        "analytics included",
    ],
    "Netlify (alternative)": [
        "Git-based deployments",
        "edge functions",
        "split testing",
        "form handling",
    ],
    "Self-hosted frontend": ["Node.js server", "Nginx reverse proxy", "PM2 process manager"],
    "Railway (recommended for an MVP)": [
        "simple deployment",
        "auto-scaling",
        "built-in PostgreSQL and Redis",
        "automatic HTTPS",
        "from $5 a month",
    ],
    "Render (production-ready)": [
        "Docker support",
        "automatic deployments from Git",
        "health checks",
        "database backups",
        "free tier",
    ],
    "AWS (enterprise)": [
        "EC2 or ECS for compute",
        "RDS for the database",
        "ElastiCache for Redis",
        "CloudFront CDN",
        "S3 for storage",
    ],
}
COMMANDS = ("pulumi up",)


def rows(text: str) -> Iterator[tuple[str, ...]]:
    """The cells of every row of the tables in `text`, headings left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield tuple(cell.strip() for cell in line.strip("|").split("|"))


def settings() -> set[str]:
    """Every path of the schema, sections included."""
    paths = [entry.path for chapter in chapters() for entry in chapter.entries]
    return {".".join(path.split(".")[:depth]) for path in paths for depth in range(1, path.count(".") + 2)}


@pytest.mark.proves("S0-20", "S0-22")
def test_every_place_that_is_refused_is_on_the_page() -> None:
    named = [place for row in rows(REFUSED) for place in re.findall(r"`(\w+)`", row[0])]
    assert sorted(named) == sorted(NOT_PROVISIONED)


@pytest.mark.proves("S0-20", "S0-22")
@pytest.mark.parametrize("provider", ["vercel", "netlify", "railway", "render"])
def test_each_is_refused_by_name_with_what_takes_its_part(provider: str) -> None:
    asked = Configuration(
        stack="practice-app-production", values={"overrides": {"hosting": {"provider": provider}}}
    )
    place = NOT_PROVISIONED[provider]
    with pytest.raises(ConfigurationError) as refused:
        load(asked)
    [problem] = refused.value.problems
    assert problem.path == "hosting.provider"
    assert problem.problem == f"Plinth does not provision {place.name} ({place.offers})"
    assert place.instead in str(problem.fix)


@pytest.mark.proves("S0-20", "S0-22")
def test_the_documents_options_are_all_compared() -> None:
    found: dict[str, list[str]] = {}
    for place, valued, _ in rows(COMPARED):
        found.setdefault(place or list(found)[-1], []).append(valued)
    assert found == VALUED


def test_what_has_a_part_is_a_setting_and_the_rest_is_said_to_be_missing() -> None:
    known = settings()
    for place, valued, here in rows(COMPARED):
        named = re.findall(r"`([^`]+)`", here)
        assert named or here.startswith("no: "), f"{place}: {valued}: {here}"
        assert [name for name in named if name not in known and name not in COMMANDS] == []
