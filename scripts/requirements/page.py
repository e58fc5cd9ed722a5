"""docs/requirements.md as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from scripts.requirements.ledger import OPEN, STATUSES, UNEXPLAINED, Entry
from scripts.requirements.mark import Way
from scripts.requirements.proofs import Proof
from scripts.requirements.rows import KINDS, System

_HEAD = """# What is required, and what proves it

Made by `python -m scripts.requirements_page` from `docs/requirements.yaml` and from the marks of the tests
(`@pytest.mark.proves("S0-36")`). A row is proved by tests that run and pass whenever the suite is green: one that
carries a mark may be neither skipped nor expected to fail. `open` is what nothing proves, with the reason;
`unexplained` is what nothing proves and nobody has explained.

Of {all} requirements {proved} are proved, {open} are open, {unexplained} unexplained. A row that is proved in two ways
counts in both columns below, and once in "proved".
"""


def page(ledger: Mapping[System, Sequence[Entry]]) -> str:
    """The whole page."""
    every = [entry for entries in ledger.values() for entry in entries]
    by_system = {f"{system.short} {system.name}": entries for system, entries in ledger.items()}
    by_kind = {kind: [one for one in every if one.requirement.kind == kind] for kind in KINDS}
    parts = [
        _head(every),
        _counts("system", by_system),
        _counts("kind", by_kind),
        *(_rows(system, entries) for system, entries in ledger.items()),
    ]
    return "\n".join(parts)


def _head(every: Sequence[Entry]) -> str:
    return _HEAD.format(
        all=len(every),
        proved=_proved(every),
        open=_having(every, OPEN),
        unexplained=_having(every, UNEXPLAINED),
    )


def _counts(of: str, groups: Mapping[str, Sequence[Entry]]) -> str:
    everything = {"**all**": [entry for entries in groups.values() for entry in entries]}
    lines = [
        _line(name, len(entries), _proved(entries), *(_having(entries, status) for status in STATUSES))
        for name, entries in {**groups, **everything}.items()
    ]
    return _table((of, "rows", "proved", *(f"by {way}" for way in Way), OPEN, UNEXPLAINED), lines)


def _proved(entries: Iterable[Entry]) -> int:
    return sum(bool(entry.proofs) for entry in entries)


def _having(entries: Iterable[Entry], status: str) -> int:
    return sum(status in entry.statuses for entry in entries)


def _rows(system: System, entries: Sequence[Entry]) -> str:
    table = _table(
        ("id", "requirement", "kind", "status", "proof, or why not"), [_row(one) for one in entries]
    )
    return f"## {system.short} {system.name}\n\n{table}"


def _row(entry: Entry) -> str:
    row = entry.requirement
    evidence = ", ".join(dict.fromkeys(_link(proof) for proof in entry.proofs)) or row.reason
    return _line(row.id, _plain(row.text), row.kind, _status(entry), evidence)


def _status(entry: Entry) -> str:
    statuses = ", ".join(entry.statuses)
    return f"proved by {statuses}" if entry.proofs else statuses


def _link(proof: Proof) -> str:
    place = PurePosixPath(proof.test.path).relative_to("tests").with_suffix("")
    name = proof.test.name.rpartition("::")[2].removeprefix("test_").replace("_", " ")
    return f"[{place}: {name}](../{proof.test.path})"


def _plain(text: str) -> str:
    """Without what Markdown would take for its own."""
    for sign, written in (("<", "&lt;"), ("*", "\\*"), ("|", "\\|"), ("$", "\\$")):
        text = text.replace(sign, written)
    return text


def _table(columns: Sequence[str], lines: Iterable[str]) -> str:
    return "\n".join([_line(*columns), "|" + "---|" * len(columns), *lines, ""])


def _line(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
