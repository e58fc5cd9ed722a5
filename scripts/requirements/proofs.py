"""Which tests prove which requirement, over all files of tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.requirements.mark import NAME, Way
from scripts.requirements.marked import Marked, Reading, read
from scripts.requirements.rows import ROOT, requirements


@dataclass(frozen=True)
class Proof:
    """A test that proves a requirement, in a way."""

    test: Marked
    way: Way


@cache
def readings() -> tuple[Reading, ...]:
    """Every file below tests/ that says anything of proofs."""
    files = sorted((ROOT / "tests").rglob("*.py"))
    return tuple(reading for path in files if NAME in path.read_text() for reading in [_reading(path)])


def marked_tests() -> tuple[Marked, ...]:
    """Every test with a mark."""
    return tuple(test for reading in readings() for test in reading.tests)


def proofs() -> Mapping[str, tuple[Proof, ...]]:
    """The proofs of each requirement that has one, in the order of files and lines."""
    found: dict[str, dict[Proof, None]] = {}
    for test in marked_tests():
        for mark in test.marks:
            for id_ in mark.ids:
                found.setdefault(id_, {})[Proof(test, mark.way)] = None
    return {id_: tuple(ones) for id_, ones in found.items()}


def problems() -> list[str]:
    """What is wrong with marks anywhere, ids that no document has included."""
    return [*(problem for reading in readings() for problem in reading.problems), *_strangers()]


def _reading(path: Path) -> Reading:
    return read(path.read_text(), path.relative_to(ROOT).as_posix())


def _strangers() -> Iterator[str]:
    known = {row.id for row in requirements()}
    for id_, ones in proofs().items():
        if id_ not in known:
            carriers = ", ".join(dict.fromkeys(proof.test.node for proof in ones))
            yield f"{carriers}: no requirement {id_}. Expected an id of docs/requirements.yaml"
