"""A proof that does not run is no proof: the suite fails."""

import pytest

from tests import proving

pytest_plugins = ("pytester",)

_PROVES = '@pytest.mark.proves("S0-36", "S0-37")'

FAILING = {
    "skipped by its mark": f"{_PROVES}\n@pytest.mark.skip\ndef test_a(): pass",
    "skipped from within": f"{_PROVES}\ndef test_a(): pytest.skip('no engine')",
    "skipped by a fixture": f"@pytest.fixture\ndef x(): pytest.skip('no engine')\n{_PROVES}\ndef test_a(x): pass",
    "without cases": f"{_PROVES}\n@pytest.mark.parametrize('x', [])\ndef test_a(x): pass",
    "expected to fail": f"{_PROVES}\n@pytest.mark.xfail\ndef test_a(): assert False",
    "expected to fail, and passing": f"{_PROVES}\n@pytest.mark.xfail\ndef test_a(): pass",
    "a skipped file": f"pytest.importorskip('nowhere_at_all')\n{_PROVES}\ndef test_a(): pass",
    "a skipped case": """
@pytest.mark.parametrize("x", [1, pytest.param(2, marks=[pytest.mark.skip, pytest.mark.proves("S0-36", "S0-37")])])
def test_a(x): pass
""",
}

JUDGED_BY_PYTEST = {
    "passing": (f"{_PROVES}\ndef test_a(): pass", {"passed": 1}),
    "skipped": ("@pytest.mark.skip\ndef test_a(): pass", {"skipped": 1}),
    "expected to fail": ("@pytest.mark.xfail\ndef test_a(): assert False", {"xfailed": 1}),
    "a skipped file": ("pytest.importorskip('nowhere_at_all')\ndef test_a(): pass", {"skipped": 1}),
}


@pytest.mark.parametrize("source", FAILING.values(), ids=FAILING)
def test_a_proof_that_does_not_run_fails(pytester: pytest.Pytester, source: str) -> None:
    result = _run(pytester, source)
    outcomes = result.parseoutcomes()
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) + outcomes.get("error", 0) == 1
    assert not {"skipped", "xfailed", "xpassed"} & set(outcomes)
    assert result.ret in {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
    result.stdout.re_match_lines(
        [r"test_x\.py.*: (skipped \(.+\)|expected to fail), but it proves S0-36, S0-37\. "]
    )


@pytest.mark.parametrize(("source", "outcomes"), JUDGED_BY_PYTEST.values(), ids=JUDGED_BY_PYTEST)
def test_everything_else_is_as_pytest_says(
    pytester: pytest.Pytester, source: str, outcomes: dict[str, int]
) -> None:
    result = _run(pytester, source)
    assert result.parseoutcomes() == outcomes


def _run(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    pytester.makepyfile(test_x=f"import pytest\n{source}")
    pytester.makeini("[pytest]\nmarkers = proves")
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:xdist", plugins=[proving])
