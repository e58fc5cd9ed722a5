"""docs/comparison.md from docs/comparison.yaml: `python scripts/comparison_page.py` brings it up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
DATA = ROOT / "docs" / "comparison.yaml"
PAGE = ROOT / "docs" / "comparison.md"
LIBRARIES = ("awsx", "terraform-aws-modules", "CDK", "copilot + sst")
ANSWERS = ("yes", "no", "partly", "?")

_HEAD = """# What others have, and what Plinth has

Made by `python scripts/comparison_page.py` from `docs/comparison.yaml`; a test holds it against the tests it names.

Plinth has {yes} of {rows} rows and {reached} of {goals} goals. Each yes links the tests that prove it, each no says
why. Of the same rows awsx has {awsx}, terraform-aws-modules {terraform}, CDK {cdk}, copilot and sst together {copilot}
(partly counts as half). What the others have was read in their repositories: awsx 3.8 and its SDK 3.11, the modules of
2025-10 to 2026-08, CDK to 2026-06, copilot and sst of 2024. `?` is what was not seen there; newer releases may differ.
"""


@dataclass(frozen=True)
class Row:
    """One feature: a yes if there are `proofs`, else a no with its `reason`; `without` is what a yes lacks."""

    feature: str
    proofs: tuple[str, ...]
    reason: str
    without: str

    @property
    def answer(self) -> str:
        """As a table says it."""
        return "yes" if self.proofs else "no"

    @property
    def evidence(self) -> str:
        """The links to the tests, or the reason."""
        links = ", ".join(_link(proof) for proof in self.proofs) or self.reason
        return f"{links}; without {self.without}" if self.without else links


@dataclass(frozen=True)
class Compared(Row):
    """A row with what each of `LIBRARIES` has."""

    them: tuple[str, ...]


@dataclass(frozen=True)
class Goal(Row):
    """A row of the goals: its `value` (A decides, B is strong, C completes), and who comes closest."""

    value: str
    best: str


@dataclass(frozen=True)
class Comparison:
    """All that the data file says."""

    tables: Mapping[str, Sequence[Compared]]
    goals: Sequence[Goal]

    @property
    def rows(self) -> list[Row]:
        """Those of all tables, and the goals."""
        return [*self.compared, *self.goals]

    @property
    def compared(self) -> list[Compared]:
        """Those of all tables."""
        return [row for rows in self.tables.values() for row in rows]


def read() -> Comparison:
    """The data file, parsed."""
    data = yaml.safe_load(DATA.read_text())
    return Comparison(
        tables={table["title"]: [_compared(row) for row in table["rows"]] for table in data["tables"]},
        goals=[Goal(**_common(row, "goal"), value=row["value"], best=row["best"]) for row in data["goals"]],
    )


def page(comparison: Comparison) -> str:
    """The whole page."""
    tables = [_table(title, rows) for title, rows in comparison.tables.items()]
    return "\n".join([_head(comparison), *tables, _goals(comparison.goals)])


def _compared(row: Mapping[str, Any]) -> Compared:
    # YAML reads yes and no as truth values.
    words = {True: "yes", False: "no"}
    return Compared(**_common(row, "feature"), them=tuple(words.get(said, said) for said in row["them"]))


def _common(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {
        "feature": row[name],
        "proofs": tuple(row.get("proof", ())),
        "reason": row.get("reason", ""),
        "without": row.get("without", ""),
    }


def _head(comparison: Comparison) -> str:
    awsx, terraform, cdk, copilot = (
        f"{sum(_worth(row.them[place]) for row in comparison.compared):g}" for place in range(len(LIBRARIES))
    )
    ours = comparison.compared
    return _HEAD.format(
        yes=sum(bool(row.proofs) for row in ours),
        rows=len(ours),
        reached=sum(bool(goal.proofs) for goal in comparison.goals),
        goals=len(comparison.goals),
        awsx=awsx,
        terraform=terraform,
        cdk=cdk,
        copilot=copilot,
    )


def _worth(answer: str) -> float:
    return {"yes": 1, "partly": 0.5}.get(answer, 0)


def _table(title: str, rows: Sequence[Compared]) -> str:
    head = _line("feature", *LIBRARIES, "Plinth", "proof, or why not")
    body = [_line(row.feature, *row.them, row.answer, row.evidence) for row in rows]
    return "\n".join([f"## {title}\n", head, _rule(len(LIBRARIES) + 3), *body, ""])


def _goals(rows: Sequence[Goal]) -> str:
    text = "## Goals\n\nWhat none of them has as a whole. A decides whether to rely on it, B is strong, C completes.\n"
    head = _line("goal", "value", "closest", "Plinth", "proof, or why not")
    body = [_line(row.feature, row.value, row.best, row.answer, row.evidence) for row in rows]
    return "\n".join([text, head, _rule(5), *body, ""])


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


def _link(proof: str) -> str:
    path, _, test = proof.partition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../{path})"


if __name__ == "__main__":
    PAGE.write_text(page(read()))
