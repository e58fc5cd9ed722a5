"""Recorded engine events in, screens and documents out: one folder per case, named after its operation.

UPDATE_EXPECTED=1 writes the expected files anew; look at the difference before you keep it.
"""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from plinth.render.json import outcome_document
from plinth.render.text import render_outcome
from plinth.report.build import build_report
from plinth.report.event import parse_events
from plinth.report.outcome import Outcome, Suggestion

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


def test_screen(case: Path) -> None:
    stream = StringIO()
    render_outcome(outcome(case), Console(file=stream, width=100, highlight=False, markup=False, emoji=False))
    text = "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"

    assert text == expected(case / "expected.txt", text)


def test_document(case: Path) -> None:
    text = outcome_document(outcome(case)) + "\n"

    assert json.loads(text) == json.loads(expected(case / "expected.json", text))


def test_no_secret_ever_shows(case: Path) -> None:
    assert "hunter2" not in (case / "expected.txt").read_text() + (case / "expected.json").read_text()


def outcome(case: Path) -> Outcome:
    events = list(parse_events((case / "events.jsonl").read_text().splitlines()))
    report = build_report(events, operation=case.name.partition("_")[0], stack="dev")
    return Outcome(
        report=report,
        exit_code=0,
        seconds=report.seconds + 0.5,
        cloud_seconds=0.2,
        next_commands=(Suggestion("plinth sim status", "what runs where"),),
        log="dev.log",
    )


def expected(file: Path, actual: str) -> str:
    if os.environ.get("UPDATE_EXPECTED"):
        file.write_text(actual)
    return file.read_text()
