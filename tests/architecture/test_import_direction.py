"""Which room may know which: the table of the design, read off the syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.repository import ROOMS, ROOT, python_files, short, tree


@dataclass(frozen=True)
class Direction:
    """What the files of a place may import of ours; anything else of ours is an error, because of `why`."""

    place: str
    may_import: tuple[str, ...]
    why: str


DIRECTIONS = (
    Direction("components", ("components",), "components must be usable in any Pulumi program, without ours"),
    Direction("stacks", ("stacks", "components"), "a stack is settings and components, nothing else"),
    Direction("policies", ("policies",), "rules judge plain data, and run as a pack without the rest of us"),
    Direction("simcloud", ("simcloud",), "the simulated cloud must serve any Pulumi program"),
    Direction(
        "plinth/report", ("plinth.report",), "a report is data: it must not know who shows or makes it"
    ),
    Direction("__main__.py", ("stacks",), "the stock `pulumi up` must work with a real provider"),
    Direction(
        "plinth",
        # Of simcloud only what starts, finds and stops it: the rest loads moto, and belongs to its process.
        ("plinth", "policies", "simcloud.daemon", "stacks.settings"),
        "the command line sees programs as engine events, so that it works on any of them",
    ),
)


@pytest.mark.parametrize("direction", DIRECTIONS, ids=lambda direction: direction.place)
def test_rooms_import_only_what_they_may(direction: Direction) -> None:
    files = python_files(direction.place)
    assert files, f"{direction.place} is empty: this test would promise nothing"
    wrong = [
        f"{short(path)}:{line} imports {name}"
        for path in files
        for line, name in _ours(path)
        if not _is_below(name, direction.may_import)
    ]
    assert not wrong, (
        f"{direction.place} may import of ours only {', '.join(direction.may_import)}: {direction.why}.\n"
        + "\n".join(wrong)
    )


def test_programs_do_not_know_that_there_is_a_simulated_cloud() -> None:
    places = [*python_files("__main__.py", "components", "stacks", "policies"), *ROOT.glob("Pulumi*.yaml")]
    named = [short(path) for path in places if "simcloud" in path.read_text().lower()]
    assert not named, (
        "what deploys to the simulated cloud must be what deploys to AWS, so nothing in it names simcloud: "
        + ", ".join(named)
    )


def test_tests_are_imported_by_tests_only() -> None:
    wrong = [
        f"{short(path)}:{line} imports {name}"
        for path in python_files("__main__.py", *ROOMS)
        for line, name in _imports(path)
        if name.split(".")[0] in ("tests", "benchmarks", "pytest")
    ]
    assert not wrong, "what is shipped must run where tests and pytest are not:\n" + "\n".join(wrong)


def _ours(path: Path) -> Iterator[tuple[int, str]]:
    return ((line, name) for line, name in _imports(path) if name.split(".")[0] in ROOMS)


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported module by its full name; `from a import b` counts as both a.b and what a gives."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, name) for name in _from(node, path))


def _from(node: ast.ImportFrom, path: Path) -> list[str]:
    module = ".".join([*_package(path, node.level), *filter(None, [node.module])])
    # A room's name alone says nothing: `from simcloud import daemon` is the module simcloud.daemon.
    return [f"{module}.{alias.name}" for alias in node.names] if module in ROOMS else [module]


def _package(path: Path, level: int) -> tuple[str, ...]:
    """The package that `level` dots mean in `path`."""
    if not level:
        return ()
    package = path.relative_to(ROOT).parent.parts
    return package[: len(package) - level + 1]


def _is_below(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def test_relative_imports_and_packages_are_seen_through() -> None:
    code = "from . import b\nfrom ..report import model\nfrom simcloud import daemon, cloud\nimport stacks.x as y"
    [b, report, simcloud, _] = ast.parse(code).body
    path = ROOT / "plinth" / "render" / "text.py"
    assert isinstance(b, ast.ImportFrom)
    assert isinstance(report, ast.ImportFrom)
    assert isinstance(simcloud, ast.ImportFrom)
    assert _from(b, path) == ["plinth.render"]
    assert _from(report, path) == ["plinth.report"]
    assert _from(simcloud, path) == ["simcloud.daemon", "simcloud.cloud"]
