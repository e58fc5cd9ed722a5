"""The generated parts of docs/simcloud.md: `python scripts/simcloud_page.py` brings them up to date.

A part stands between `<!-- begin <name> -->` and `<!-- end <name> -->`; a name with a slash is a file to show.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from simcloud import registry
from simcloud.binding import Binding
from simcloud.coverage import look_ups

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "simcloud.md"
CASES = ROOT / "tests" / "simcloud" / "lifecycle"

_PART = re.compile(r"(<!-- begin (\S+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)
_LANGUAGES = {".py": "python", ".yaml": "yaml"}


@dataclass(frozen=True)
class Row:
    """One type of the coverage table."""

    token: str
    kept_in: str
    made_by: str
    updates: bool
    imports: bool
    drifts: bool

    def __str__(self) -> str:
        marks = ["yes" if proved else "" for proved in (self.updates, self.imports, self.drifts)]
        return "| " + " | ".join([f"`{self.token}`", self.kept_in, self.made_by, *marks]) + " |"


def up_to_date(page: str) -> str:
    """The page with every generated part made anew."""
    return _PART.sub(lambda found: f"{found[1]}\n{_part(found[2])}\n\n{found[3]}", page)


def rows() -> list[Row]:
    """What every binding says of itself, and what its case files prove."""
    cases = [yaml.safe_load(path.read_text()) for path in sorted(CASES.rglob("*.yaml"))]
    bindings = sorted((registry.binding_of(token) for token in registry.tokens()), key=lambda one: one.token)
    return [_row(binding, [case for case in cases if case["type"] == binding.token]) for binding in bindings]


def _part(name: str) -> str:
    if name == "types":
        return _types(rows())
    if name == "look-ups":
        return "\n".join(f"- `{name}`" for name in look_ups())
    path = ROOT / name
    return f"```{_LANGUAGES[path.suffix]}\n{path.read_text().strip()}\n```"


def _types(listed: list[Row]) -> str:
    kept = Counter(row.kept_in for row in listed)
    return "\n".join(
        [
            f"{len(listed)} types: {kept['moto']} in moto, {kept['cloudflare']} in simcloud's own Cloudflare,"
            f" {kept['recorded']} recorded.",
            "",
            "| type | kept in | made by | updates | imports | drift |",
            "|---|---|---|---|---|---|",
            *map(str, listed),
        ]
    )


def _row(binding: Binding, cases: Iterable[dict[str, Any]]) -> Row:
    proofs = list(cases)
    return Row(
        token=binding.token,
        kept_in=binding.kept_in,
        made_by=_made_by(binding),
        updates=any(case.get("update") for case in proofs),
        imports=any(case.get("importable", True) for case in proofs),
        drifts=any(case.get("drift") for case in proofs),
    )


def _made_by(binding: Binding) -> str:
    if binding.kept_in != "moto":
        return ""
    return f"`{binding.service}` {binding.operation or '(several calls)'}".strip()


def main() -> None:
    """Rewrite the page in place."""
    page = PAGE.read_text()
    PAGE.write_text(up_to_date(page))
    print(f"{PAGE.relative_to(ROOT)}: {'as it was' if PAGE.read_text() == page else 'brought up to date'}")


if __name__ == "__main__":
    main()
