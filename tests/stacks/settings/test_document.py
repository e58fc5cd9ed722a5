"""The documentation of the settings says what the schema says."""

from pathlib import Path

from stacks.settings.document import markdown

ROOT = Path(__file__).parents[3]


def test_settings_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == markdown(), (
        "run: python -m stacks.settings.document > docs/settings.md"
    )
