"""The repository as the promises see it: its files, its rooms, its syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("components", "stacks", "policies", "simcloud", "plinth")
"""The packages that are shipped, and that import direction is about."""


@cache
def committed_files() -> tuple[Path, ...]:
    """Every file that git has and that is still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def committed_texts() -> Iterator[tuple[Path, str]]:
    """Those of them that are text."""
    for path in committed_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode(errors="replace")


def python_files(*places: str) -> list[Path]:
    """Every Python file of the named rooms and files, committed or about to be."""
    found = [path for place in places for path in _below(ROOT / place)]
    return sorted(path for path in found if "__pycache__" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """What a Python file says, parsed."""
    return ast.parse(path.read_text(), filename=str(path))


def short(path: Path) -> str:
    """The path as one says it in the repository."""
    return path.relative_to(ROOT).as_posix()


def _below(path: Path) -> Iterator[Path]:
    return iter([path]) if path.is_file() else path.rglob("*.py")
