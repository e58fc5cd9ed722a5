"""The tests of a file that carry marks: on themselves, on their class, on the file, or on one of their cases."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.requirements.mark import Mark, MarkError, is_mark, mentions, parse, way_of

Function = ast.FunctionDef | ast.AsyncFunctionDef

_HOMELESS = (
    "a mark that no test carries proves nothing. Expected it on a test_ function or Test class of a test_ file, in "
    "pytestmark, or on a pytest.param of a parametrize. Fix: move it there"
)


@dataclass(frozen=True)
class Marked:
    """A test with its marks; `name` as pytest says it, without the file (`path`, relative to the root)."""

    path: str
    name: str
    function: Function
    marks: tuple[Mark, ...]

    @property
    def node(self) -> str:
        """As pytest is told to run it."""
        return f"{self.path}::{self.name}"


@dataclass(frozen=True)
class Reading:
    """What a file says it proves, and what is wrong with its marks (`path:line: problem. Expected …`)."""

    tests: tuple[Marked, ...]
    problems: tuple[str, ...]


def read(source: str, path: str) -> Reading:
    """Every marked test of a file, and every mark that cannot be read or that pytest would never see."""
    module = ast.parse(source, filename=path)
    constants = _constants(module.body)
    carried: dict[ast.Call, Mark | MarkError] = {}
    tests: list[Marked] = []
    for name, function, places in _tests(module, path):
        calls = [call for place in places for call in _calls(place, constants)]
        carried |= {call: _parsed(call, path) for call in calls}
        marks = [mark for call in calls if isinstance(mark := carried[call], Mark)]
        if marks:
            tests.append(Marked(path, name, function, tuple(marks)))
    return Reading(tuple(tests), tuple(_problems(module, path, carried)))


def _tests(module: ast.Module, path: str) -> Iterator[tuple[str, Function, Sequence[ast.expr]]]:
    """Whatever pytest would collect, with the places where its marks may stand."""
    if not PurePosixPath(path).name.startswith("test_"):
        return
    everywhere = _pytestmark(module.body)
    yield from _functions(module.body, "", everywhere)
    for node in module.body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            inherited = [*everywhere, *node.decorator_list, *_pytestmark(node.body)]
            yield from _functions(node.body, f"{node.name}::", inherited)


def _functions(
    body: Sequence[ast.stmt], prefix: str, inherited: Sequence[ast.expr]
) -> Iterator[tuple[str, Function, Sequence[ast.expr]]]:
    for node in body:
        if isinstance(node, Function) and node.name.startswith("test_"):
            yield prefix + node.name, node, [*inherited, *node.decorator_list]


def _pytestmark(body: Sequence[ast.stmt]) -> list[ast.expr]:
    return [value for name, value in _constants(body).items() if name == "pytestmark"]


def _constants(body: Sequence[ast.stmt]) -> Mapping[str, ast.expr]:
    """What a module or class gives names to: lists of cases stand there too."""
    named: dict[str, ast.expr] = {}
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            named[node.target.id] = node.value
        elif isinstance(node, ast.Assign):
            named |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return named


def _calls(place: ast.expr, constants: Mapping[str, ast.expr]) -> Iterator[ast.Call]:
    """The marks that `place` makes, itself or through the names in it."""
    unread = dict(constants)
    waiting = [place]
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Call) and is_mark(node.func):
                yield node
            elif isinstance(node, ast.Name) and (value := unread.pop(node.id, None)):
                waiting.append(value)


def _parsed(call: ast.Call, path: str) -> Mark | MarkError:
    try:
        return parse(call, way_of(path))
    except MarkError as error:
        return error


def _problems(module: ast.Module, path: str, carried: Mapping[ast.Call, Mark | MarkError]) -> Iterator[str]:
    called: dict[ast.AST, Mark | MarkError] = {call.func: mark for call, mark in carried.items()}
    for mention in mentions(module):
        wrong = called.get(mention, _HOMELESS)
        if not isinstance(wrong, Mark):
            yield f"{path}:{mention.lineno}: {wrong}"
