"""What must have a counterpart: components their tests and words, bindings their case files."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from simcloud import registry
from tests.architecture.repository import ROOT, python_files, short, tree

_TESTS = ROOT / "tests" / "components"
_CASES = ROOT / "tests" / "simcloud" / "lifecycle"

TESTED_WITHIN = {
    "cluster": ("test_service.py", "ServiceArgs(cluster"),
    "generated_secret": ("test_database.py", "secretStringWoVersion"),
    "key": ("test_data_in_aws.py", "Key("),
}
"""Components that only make sense inside another one: the file that tests them there, and a word of that test."""


def _components() -> list[tuple[Path, ast.ClassDef]]:
    return [
        (path, node)
        for path in python_files("components")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) == "pulumi.ComponentResource" for base in node.bases)
    ]


COMPONENTS = _components()


@pytest.mark.parametrize(("path", "component"), COMPONENTS, ids=[node.name for _, node in COMPONENTS])
def test_every_component_has_a_test(path: Path, component: ast.ClassDef) -> None:
    if path.stem in TESTED_WITHIN:
        file, word = TESTED_WITHIN[path.stem]
        assert word in (_TESTS / file).read_text(), f"{short(path)}: tests/components/{file} tests it no more"
        return
    test = _TESTS / f"test_{path.stem}.py"
    assert test.is_file(), (
        f"{short(path)} has no tests/components/{test.name}: what no test asserts, the next change breaks."
    )
    assert component.name in test.read_text(), f"{short(test)} never makes a {component.name}"


@pytest.mark.parametrize(("path", "component"), COMPONENTS, ids=[node.name for _, node in COMPONENTS])
def test_every_component_says_what_it_is_and_when_it_is_done(path: Path, component: ast.ClassDef) -> None:
    source = ast.unparse(component)
    assert re.search(rf"__init__\('plinth:\w+:{component.name}', name,", source), (
        f"{short(path)}: the type is plinth:<module>:{component.name}; state and reports find it by that."
    )
    assert ast.get_docstring(component), f"{short(path)}: {component.name} promises nothing (no docstring)"
    assert "self.register_outputs(" in source, (
        f"{short(path)}: without register_outputs the engine never knows that {component.name} is complete."
    )


def test_every_simulated_type_is_taken_through_its_life() -> None:
    cased = {yaml.safe_load(path.read_text())["type"] for path in _CASES.rglob("*.yaml")}
    without = sorted(set(registry.tokens()) - cased)
    assert not without, (
        "a binding without a case file in tests/simcloud/lifecycle/ is a guess: nothing proves that the type "
        "can be created, read back, updated, replaced and deleted.\n" + "\n".join(without)
    )


def test_every_binding_is_found_under_its_token() -> None:
    lost = [token for token in registry.tokens() if registry.binding_of(token).token != token]
    assert not lost, f"the token names the file: {', '.join(lost)} would answer for another type"
