"""Every requirement of the five documents stands in the table once, proved or open, and the page says so."""

from collections import Counter
from textwrap import dedent

import pytest

from scripts.requirements import ledger, page, rows
from scripts.requirements.ledger import OPEN, UNEXPLAINED, Entry
from scripts.requirements.mark import Way
from scripts.requirements.marked import read
from scripts.requirements.proofs import Proof, proofs
from scripts.requirements.rows import KINDS, Requirement, System
from scripts.requirements_page import PAGE

ENTRIES = ledger.entries()
ROWS = rows.requirements()
SIZES = {"S0": 85, "S1": 71, "S2": 57, "S3": 33, "S4": 52}
KINDS_OF_SYSTEMS = {
    "network": (5, 10, 2, 3, 2),
    "compute": (3, 5, 1, 3, 0),
    "database": (7, 3, 3, 4, 1),
    "cache": (3, 1, 0, 1, 1),
    "edge": (4, 3, 0, 4, 1),
    "dns-tls": (2, 2, 3, 1, 0),
    "security": (16, 6, 4, 4, 2),
    "secrets": (0, 1, 3, 0, 2),
    "storage": (0, 2, 0, 0, 2),
    "observability": (4, 7, 6, 2, 5),
    "alerting": (2, 1, 3, 5, 7),
    "backup-DR": (6, 8, 6, 0, 2),
    "scaling": (3, 4, 2, 1, 3),
    "deployment": (3, 4, 3, 0, 4),
    "cost": (0, 1, 0, 1, 2),
    "environments": (0, 3, 6, 0, 5),
    "policy": (1, 1, 1, 0, 1),
    "application": (21, 7, 11, 4, 8),
    "ci": (4, 0, 1, 0, 2),
    "docs": (1, 2, 2, 0, 2),
}
"""How many rows of each kind the documents S0 to S4 have."""
_FIX = "Fix: python -m scripts.requirements_page"


def test_every_id_stands_there_once_and_in_order() -> None:
    wanted = [f"{short}-{number:02}" for short, size in SIZES.items() for number in range(1, size + 1)]
    assert [row.id for row in ROWS] == wanted
    assert len(wanted) == 298


def test_no_row_has_lost_its_kind() -> None:
    counted = Counter((row.kind, row.id[:2]) for row in ROWS)
    assert {kind: tuple(counted[kind, short] for short in SIZES) for kind in KINDS} == KINDS_OF_SYSTEMS


def test_no_two_rows_of_a_system_ask_the_same() -> None:
    counted = Counter((row.id[:2], row.text) for row in ROWS)
    assert [text for text, times in counted.items() if times > 1] == []


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == page.page(ledger.ledger()), (
        f"docs/requirements.md shows docs/requirements.yaml and the marks of the tests. {_FIX}"
    )


def test_no_row_is_proved_and_open() -> None:
    both = [entry.requirement.id for entry in ENTRIES if entry.proofs and entry.requirement.reason]
    assert not both, (
        f"{', '.join(both)}: tests prove them, and docs/requirements.yaml says why they are open. Fix: take `open` "
        "away, or the mark"
    )


def test_a_reason_is_a_sentence() -> None:
    short = [row.id for row in ROWS if row.reason and not (row.reason.endswith(".") and len(row.reason) > 20)]
    assert not short, f"{', '.join(short)}: `open` says in a sentence why nothing proves the row yet"


def test_what_the_application_does_the_application_proves() -> None:
    kinds = {row.id: row.kind for row in ROWS}
    wrong = [
        f"{id_}: {proof.test.node} proves by {proof.way}"
        for id_, ones in proofs().items()
        for proof in ones
        if kinds.get(id_) == "application" and proof.way is not Way.APPLICATION
    ]
    assert not wrong, "a row of kind application is shown by the application itself:\n" + "\n".join(wrong)


def test_no_row_of_infrastructure_is_open_without_a_reason() -> None:
    left = [
        f"{entry.requirement.id} ({entry.requirement.kind}): {entry.requirement.text}"
        for entry in ledger.unexplained()
    ]
    assert not left, (
        f"{len(left)} requirements that infrastructure can show are proved by no test and explained by nobody. Fix: "
        'mark the test that proves one with @pytest.mark.proves("id"), or give its row a reason (`open: …`) in '
        "docs/requirements.yaml\n" + "\n".join(left)
    )


@pytest.mark.parametrize(
    ("reason", "status", "cells"),
    [
        ("", UNEXPLAINED, "| unexplained |  |"),
        ("Nobody asked yet.", OPEN, "| open | Nobody asked yet. |"),
    ],
)
def test_a_row_without_proof(reason: str, status: str, cells: str) -> None:
    entry = Entry(Requirement("S9-01", "cost", "at most $5 for <env>", reason), ())
    assert entry.statuses == (status,)
    text = page.page({System("S9", "Ninth", (entry.requirement,)): (entry,)})
    assert f"| S9-01 | at most \\$5 for &lt;env> | cost {cells}\n" in text
    assert (
        f"Of 1 requirements 0 are proved, {int(bool(reason))} are open, {int(not reason)} unexplained."
        in text
    )


def test_a_row_with_proofs() -> None:
    source = """
        @pytest.mark.proves("S9-01", by="policy")
        @pytest.mark.proves("S9-01")
        def test_five_dollars(): ...
    """
    [test] = read(dedent(source), "tests/components/test_budget.py").tests
    entry = Entry(
        Requirement("S9-01", "cost", "at most 5", ""), tuple(Proof(test, mark.way) for mark in test.marks)
    )
    assert entry.statuses == (Way.INFRASTRUCTURE, Way.POLICY)
    text = page.page({System("S9", "Ninth", (entry.requirement,)): (entry,)})
    link = "[components/test_budget: five dollars](../tests/components/test_budget.py)"
    assert f"| S9-01 | at most 5 | cost | proved by infrastructure, policy | {link} |\n" in text
    assert "| S9 Ninth | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |\n" in text
