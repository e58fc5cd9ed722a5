"""Every mistake in `errors/` is told in exactly the words beside it, and nothing is created."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from tests.stacks.recording import Recording, run_program

CASES = sorted(Path(__file__).with_name("errors").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_told_in_words_before_anything_is_created(case: Path) -> None:
    given = yaml.safe_load(case.read_text())
    recording = Recording()
    with pytest.raises(pulumi.RunError) as raised:
        run_program(recording, given["stack"], as_engine_config(given.get("config", {})))
    assert f"{raised.value}\n" == case.with_suffix(".txt").read_text()
    assert recording.resources == []
    assert recording.looked_up == []


def test_no_expectation_without_a_case() -> None:
    texts = {text.stem for text in Path(__file__).with_name("errors").glob("*.txt")}
    assert texts == {case.stem for case in CASES}
    assert len(CASES) >= 15


def as_engine_config(config: dict[str, Any]) -> dict[str, str]:
    """Config as the engine hands it over: text as it is, everything nested as JSON."""
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
