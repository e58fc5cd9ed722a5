"""Files and functions stay small enough to be read in one go."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.repository import ROOMS, python_files, short, tree

FILE_LINES = 300
TEST_FILE_LINES = 400
"""A file of tests is read one test at a time."""
FUNCTION_LINES = 60
MEDIAN_FILE_LINES = 70
MEDIAN_FUNCTION_LINES = 8
PURE_DATA: dict[str, str] = {}
"""Files and functions (`path` or `path:function`) that may be longer, each with the data that it is."""

_SHIPPED = (*ROOMS, "__main__.py")
_ALL = (*_SHIPPED, "tests", "benchmarks", "scripts")


STRANGERS = "tests/engine/programs/"
"""Programs in the style of somebody who never saw this project: they are to be as they are."""
PRODUCTS = "stacks/systems/"
"""A product is read from top to bottom in one literal: its settings may be longer than a screen, and nothing else."""


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    long = {short(path): _lines(path) for path in python_files(*_ALL) if _lines(path) > _file_limit(path)}
    excess = [f"{name}: {lines} lines" for name, lines in long.items() if name not in PURE_DATA]
    assert not excess, (
        f"a file has one subject and at most {FILE_LINES} lines, so that it is read before it is changed. Fix: "
        "split it by subject; only pure data may stay, in PURE_DATA with its reason.\n" + "\n".join(excess)
    )


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{short(path)}:{function.name}": _length(function)
        for path in python_files(*_ALL)
        for function in _functions(path)
        if _length(function) > FUNCTION_LINES
        and not short(path).startswith(STRANGERS)
        and not (short(path).startswith(PRODUCTS) and _is_one_literal(function))
    }
    excess = [f"{name}: {lines} lines" for name, lines in long.items() if name not in PURE_DATA]
    assert not excess, (
        f"a function fits on a screen ({FUNCTION_LINES} lines): the public one tells the story, helpers below "
        "it do the work. Fix: give its steps names.\n" + "\n".join(excess)
    )


def test_most_files_and_functions_are_far_smaller() -> None:
    files = [lines for path in python_files(*_SHIPPED) if (lines := _lines(path))]
    functions = [_length(function) for path in python_files(*_SHIPPED) for function in _functions(path)]
    assert statistics.median(files) <= MEDIAN_FILE_LINES, "one subject per file: the median file has grown"
    assert statistics.median(functions) <= MEDIAN_FUNCTION_LINES, "the median function has grown"


def test_exceptions_are_still_needed_and_explained() -> None:
    for name, reason in PURE_DATA.items():
        path, _, function = name.partition(":")
        [found] = python_files(path)
        lengths = [_length(one) for one in _functions(found) if one.name == function] or [_lines(found)]
        assert max(lengths) > (FUNCTION_LINES if function else FILE_LINES), (
            f"{name} needs no exception any more"
        )
        assert len(reason) > 20, f"{name}: say which data it is and why it stays together"


def test_a_product_says_its_settings_in_one_literal_and_computes_nothing() -> None:
    files = [path for path in python_files(PRODUCTS) if path.stem != "__init__"]
    products = [(path, one) for path in files for one in _functions(path)]
    assert len(products) >= 5, "there are no products: the exception of their length would promise nothing"
    computing = [
        f"{short(path)}:{function.name}" for path, function in products if not _is_one_literal(function)
    ]
    assert not computing, (
        "a product is data: its function returns one literal. Fix: name values above it, or teach the settings what "
        "it computes.\n" + "\n".join(computing)
    )


@pytest.mark.parametrize(
    ("code", "literal"),
    [
        (
            "def settings(e):\n    'words'\n    return {'a': [1, {**pick(e, dev=1)}], 'b': e == 'dev', 'c': f'{e}_x'}",
            True,
        ),
        ("def settings(e):\n    return {'a': CIDRS[e]}", True),
        ("def settings(e):\n    a = 1\n    return {'a': a}", False),
        ("def settings(e):\n    return {'a': [one for one in e]}", False),
        ("def settings(e):\n    return {'a': (lambda: 1)()}", False),
        ("def settings(e):\n    return sorted({'a': 1})", False),
        ("def settings(e):\n    return {'a': sorted(e)}", False),
    ],
)
def test_what_one_literal_is(code: str, literal: bool) -> None:
    [function] = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef)
    assert _is_one_literal(function) is literal


def _is_one_literal(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Words and one returned mapping, in which nothing but the choice of an environment's value is called."""
    steps = function.body[1:] if ast.get_docstring(function) else function.body
    if len(steps) != 1 or not isinstance(steps[0], ast.Return) or not isinstance(steps[0].value, ast.Dict):
        return False
    computing = (ast.comprehension, ast.Lambda, ast.Await, ast.NamedExpr)
    called = [ast.unparse(node.func) for node in ast.walk(steps[0]) if isinstance(node, ast.Call)]
    return set(called) <= {"pick"} and not any(isinstance(node, computing) for node in ast.walk(steps[0]))


def _file_limit(path: Path) -> int:
    return TEST_FILE_LINES if short(path).startswith("tests/") else FILE_LINES


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
