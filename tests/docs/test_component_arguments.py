"""The tables of a component's page name its arguments as they are called."""

import re
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.repository import ROOT

_PAGES = sorted((ROOT / "docs" / "components").glob("*.md"))
_TABLE = re.compile(r"^\| arguments? \|.*\n\|[-:| ]+\|\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(r"`([a-z_]+)`")


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_every_argument_of_the_table_exists(page: Path) -> None:
    unknown = _documented(page.read_text()) - _arguments(page.stem)
    assert not unknown, f"{page.name}: no such argument: {', '.join(sorted(unknown))}"


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_every_argument_is_on_the_page(page: Path) -> None:
    text = page.read_text()
    missing = {name for name in _arguments(page.stem) if not re.search(rf"\b{name}\b", text)}
    assert not missing, f"{page.name}: says nothing of {', '.join(sorted(missing))}"


def test_the_first_column_is_read() -> None:
    table = "text `a`\n\n| argument | default |\n|---|---|\n| `b`, `c_d` | `e` |\n| f | |\n"
    other = "\n| other | |\n|---|---|\n| `g` | |\n"
    assert _documented(table + other) == {"b", "c_d"}


def _documented(text: str) -> set[str]:
    rows = [row for table in _TABLE.finditer(text) for row in table["rows"].splitlines()]
    return {name for row in rows for name in _NAME.findall(row.split("|")[1])}


def _arguments(stem: str) -> set[str]:
    """The fields of every argument class of the component's file."""
    module = import_module(f"components.{stem}")
    kinds: list[Any] = [value for name, value in vars(module).items() if name.endswith("Args")]
    ours = [kind for kind in kinds if kind.__module__.startswith("components.") and _belongs(kind, stem)]
    return {field.name for kind in ours for field in fields(kind)}


def _belongs(kind: Any, stem: str) -> bool:
    """Whether it is the component's own, and not another's that it uses."""
    return bool(re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("Args")).lower() == stem)
