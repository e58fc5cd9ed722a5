"""The comparison says nothing of us that no test proves, and every no says why."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from scripts import comparison_page
from scripts.comparison_page import ANSWERS, LIBRARIES, Compared, Row
from tests.architecture.repository import ROOT, tree

COMPARISON = comparison_page.read()
_WITH_PROOF = [row for row in COMPARISON.rows if row.proofs]


def test_the_page_is_current() -> None:
    assert comparison_page.PAGE.read_text() == comparison_page.page(COMPARISON), (
        "docs/comparison.md shows docs/comparison.yaml. Fix: python scripts/comparison_page.py"
    )


@pytest.mark.parametrize("row", _WITH_PROOF, ids=lambda row: row.feature)
def test_a_yes_is_proved_by_tests_that_exist(row: Row) -> None:
    missing = [proof for proof in row.proofs if not _exists(proof)]
    assert not missing, f"{row.feature}: no such test: {', '.join(missing)}"


@pytest.mark.parametrize("row", COMPARISON.rows, ids=lambda row: row.feature)
def test_a_row_is_a_yes_with_proof_or_a_no_with_a_reason(row: Row) -> None:
    assert bool(row.proofs) != bool(row.reason), f"{row.feature}: either `proof` or `reason`"
    assert row.proofs or not row.without, f"{row.feature}: `without` is for what a yes lacks"


@pytest.mark.parametrize("row", COMPARISON.compared, ids=lambda row: row.feature)
def test_every_library_has_an_answer(row: Compared) -> None:
    assert len(row.them) == len(LIBRARIES)
    assert set(row.them) <= set(ANSWERS)


def test_no_row_stands_twice() -> None:
    for rows in (*COMPARISON.tables.values(), COMPARISON.goals):
        counted = Counter(row.feature for row in rows)
        assert [feature for feature, times in counted.items() if times > 1] == []


def test_what_counts_as_a_test() -> None:
    assert _exists("tests/docs/test_comparison.py::test_what_counts_as_a_test")
    assert not _exists("tests/docs/test_comparison.py::_exists")
    assert not _exists("tests/docs/test_nothing.py::test_what_counts_as_a_test")


def _exists(proof: str) -> bool:
    path, _, name = proof.partition("::")
    file: Path = ROOT / path
    return name.startswith("test_") and file.is_file() and name in _functions(file)


def _functions(file: Path) -> set[str]:
    return {node.name for node in tree(file).body if isinstance(node, ast.FunctionDef)}
