"""What the tests' marks say is read without running them, and a mark that proves nothing is found."""

import ast
from textwrap import dedent

import pytest

from scripts.requirements import claims
from scripts.requirements.mark import Way
from scripts.requirements.marked import Function, Reading, read
from scripts.requirements.proofs import marked_tests, problems

_ELSEWHERE = "a mark that no test carries proves nothing"


def test_every_mark_is_on_a_test_and_names_requirements() -> None:
    assert not problems(), "\n".join(problems())


def test_every_proof_claims_something() -> None:
    empty = [test.node for test in marked_tests() if claims.claims_nothing(test.function)]
    assert not empty, (
        "they prove requirements, but nothing in them can be false. Expected an assert or pytest.raises in the test "
        "itself:\n" + "\n".join(empty)
    )


def test_no_proof_only_finds_a_text() -> None:
    found = [test.node for test in marked_tests() if claims.only_finds_text(test.function)]
    assert not found, "that a text stands in a file proves nothing; a comment would do:\n" + "\n".join(found)


WRITTEN = {
    "on a test": (
        '@pytest.mark.proves("S0-01", "S0-02")\ndef test_a(): ...',
        {"test_a": [("S0-01", "S0-02")]},
    ),
    "twice on a test": (
        '@pytest.mark.proves("S0-01")\n@pytest.mark.proves("S0-02", by="policy")\nasync def test_a(): ...',
        {"test_a": [("S0-01",), ("S0-02",)]},
    ),
    "on a class and its test": (
        """
        @pytest.mark.proves("S0-01")
        class TestA:
            pytestmark = [pytest.mark.slow, pytest.mark.proves("S0-02")]
            @pytest.mark.proves("S0-03")
            def test_b(self): ...
            def test_c(self): ...
            def helper(self): ...
        """,
        {"TestA::test_b": [("S0-01",), ("S0-02",), ("S0-03",)], "TestA::test_c": [("S0-01",), ("S0-02",)]},
    ),
    "on a file": (
        'pytestmark = pytest.mark.proves("S0-01")\ndef test_a(): ...\nclass TestB:\n  def test_c(self): ...',
        {"test_a": [("S0-01",)], "TestB::test_c": [("S0-01",)]},
    ),
    "on a case": (
        """
        @pytest.mark.parametrize("x", [1, pytest.param(2, marks=[pytest.mark.proves("S0-01"), pytest.mark.slow])])
        def test_a(x): ...
        """,
        {"test_a": [("S0-01",)]},
    ),
    "on a case of a list with a name": (
        """
        _FEW = [pytest.param(1, marks=pytest.mark.proves("S0-01"))]
        CASES: list = [*_FEW, pytest.param(2, marks=pytest.mark.proves("S0-02"))]
        @pytest.mark.parametrize("x", CASES)
        def test_a(x): ...
        @pytest.mark.parametrize("x", _FEW)
        def test_b(x): ...
        def test_c(): ...
        """,
        {"test_a": [("S0-02",), ("S0-01",)], "test_b": [("S0-01",)]},
    ),
}


@pytest.mark.parametrize(("source", "found"), WRITTEN.values(), ids=WRITTEN)
def test_where_a_mark_may_stand(source: str, found: dict[str, list[tuple[str, ...]]]) -> None:
    reading = _read(source)
    assert not reading.problems
    assert {test.name: [mark.ids for mark in test.marks] for test in reading.tests} == found


WRONG = {
    "a helper": ('@pytest.mark.proves("S0-01")\ndef helper(): ...', _ELSEWHERE),
    "a class of no tests": (
        '@pytest.mark.proves("S0-01")\nclass Helper:\n  def test_a(self): ...',
        _ELSEWHERE,
    ),
    "an empty class": ('@pytest.mark.proves("S0-01")\nclass TestA:\n  def a(self): ...', _ELSEWHERE),
    "a test within a test": (
        'def test_a():\n  @pytest.mark.proves("S0-01")\n  def test_b(): ...',
        _ELSEWHERE,
    ),
    "cases that nobody takes": ('CASES = [pytest.param(1, marks=pytest.mark.proves("S0-01"))]', _ELSEWHERE),
    "not called": ("@pytest.mark.proves\ndef test_a(): ...", _ELSEWHERE),
    "no id": ("@pytest.mark.proves()\ndef test_a(): ...", "it names no requirement"),
    "an id that is worked out": (
        "@pytest.mark.proves(ID)\ndef test_a(): ...",
        "ID is only known when the tests run",
    ),
    "an unknown way": (
        '@pytest.mark.proves("S0-01", by="magic")\ndef test_a(): ...',
        "unknown by='magic'. Expected by= one of infrastructure, policy, application, command line, documentation",
    ),
    "an unknown word": (
        '@pytest.mark.proves("S0-01", way="policy")\ndef test_a(): ...',
        "unknown way='policy'",
    ),
}


@pytest.mark.parametrize(("source", "problem"), WRONG.values(), ids=WRONG)
def test_where_a_mark_would_be_lost(source: str, problem: str) -> None:
    reading = _read(source)
    assert not reading.tests
    [said] = reading.problems
    assert said.partition(": ")[2].startswith(problem)
    assert said.startswith("tests/test_x.py:")


def test_a_file_that_pytest_does_not_collect_proves_nothing() -> None:
    source = 'import pytest\n@pytest.mark.proves("S0-01")\ndef test_a(): ...'
    reading = read(source, "tests/components/firewalls.py")
    assert not reading.tests
    [said] = reading.problems
    assert said.startswith(f"tests/components/firewalls.py:2: {_ELSEWHERE}")


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("tests/policies/test_a.py", Way.POLICY),
        ("tests/plinth/commands/test_a.py", Way.COMMAND_LINE),
        ("tests/docs/test_a.py", Way.DOCUMENTATION),
        ("tests/components/test_a.py", Way.INFRASTRUCTURE),
        ("tests/stacks/systems/test_a.py", Way.INFRASTRUCTURE),
    ],
)
def test_the_room_says_how_unless_the_mark_does(path: str, way: Way) -> None:
    said = '@pytest.mark.proves("S0-01", by="application")\n'
    [silent, speaking] = read(
        f'@pytest.mark.proves("S0-01")\ndef test_a(): ...\n{said}def test_b(): ...', path
    ).tests
    assert [mark.way for mark in (*silent.marks, *speaking.marks)] == [way, Way.APPLICATION]


@pytest.mark.parametrize(
    ("body", "nothing", "text_only"),
    [
        ("run()", True, False),
        ("assert True", True, False),
        ("assert found == 3", False, False),
        ("with pytest.raises(ValueError): run()", False, False),
        ("for x in y:\n  assert x", False, False),
        ("assert '443' in path.read_text()", False, True),
        ("assert '443' in path.read_text() and '80' in path.read_text().lower()", False, True),
        ("assert '443' in path.read_text()\nassert port == 443", False, False),
        ("assert '443' in ports", False, False),
    ],
)
def test_what_counts_as_a_claim(body: str, nothing: bool, text_only: bool) -> None:
    [function] = ast.parse("def test_a():\n" + "\n".join(f"  {line}" for line in body.split("\n"))).body
    assert isinstance(function, Function)
    assert claims.claims_nothing(function) is nothing
    assert claims.only_finds_text(function) is text_only


def _read(source: str) -> Reading:
    return read(dedent(source), "tests/test_x.py")
