"""docs/requirements.md from docs/requirements.yaml and the tests' marks: `python -m scripts.requirements_page`."""

from __future__ import annotations

from scripts.requirements.ledger import ledger
from scripts.requirements.page import page
from scripts.requirements.rows import ROOT

PAGE = ROOT / "docs" / "requirements.md"

if __name__ == "__main__":
    PAGE.write_text(page(ledger()))
