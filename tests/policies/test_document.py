from pathlib import Path

from policies import document

PAGE = Path(document.__file__).parents[1] / "docs" / "policies.md"


def test_the_page_about_the_rules_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == document.page(), "run: python -m policies.document > docs/policies.md"
