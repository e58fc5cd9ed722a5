"""The fenced blocks of our pages, and what their marks promise.

```sh                          run, in order, in one shell per page
```sh real-account             run too, with the simulated cloud in the account's place
```sh real-account interactive asks a person: its commands and options are parsed, not carried out
```sh dry-run                  would run itself: `make -n`
```python                      on a component's page: a whole program, run against the simulated cloud
```text transcript             what the block before it prints; `[…]` stands for any lines left out
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
COMPONENT_PAGES = tuple(
    f"docs/components/{path.name}" for path in sorted((ROOT / "docs" / "components").glob("*.md"))
)
MARKS = {
    "sh": {"", "real-account", "real-account interactive", "dry-run"},
    "text": {"", "transcript"},
    "python": {""},
}
LEFT_OUT = "[…]"

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """One fenced block; `line` is where its fence is, `mark` what follows the language."""

    page: str
    line: int
    language: str
    mark: str
    text: str

    @property
    def where(self) -> str:
        """As an editor takes it."""
        return f"{self.page}:{self.line}"


def blocks(page: str) -> list[Block]:
    """The blocks of a page of the repository, in order."""
    return parse(page, (ROOT / page).read_text())


def parse(page: str, markdown: str) -> list[Block]:
    """The blocks of a text."""
    return [
        Block(page, _line(markdown, found.start()), *_info(found["info"]), _unindented(found))
        for found in _FENCE.finditer(markdown)
    ]


def _info(info: str) -> tuple[str, str]:
    language, _, mark = info.strip().partition(" ")
    return language, mark.strip()


def _line(markdown: str, offset: int) -> int:
    return markdown.count("\n", 0, offset) + 1


def _unindented(found: re.Match[str]) -> str:
    return re.sub(rf"^{found['indent']}", "", found["text"], flags=re.MULTILINE)
