"""A test that says it proves a requirement must run and pass: skipped or expected to fail, it fails."""

from collections.abc import Generator

import pytest

from scripts.requirements.mark import NAME
from scripts.requirements.marked import read

_MUST_RUN = (
    "{where}: {how}, but it proves {ids}. Expected a test that passes: docs/requirements.md says that it does. "
    "Fix: make it run here, or take the mark away"
)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After pytest has judged a skip or an expected failure, the mark judges it again."""
    report = yield
    expected = hasattr(report, "wasxfail")
    if (expected or report.skipped) and (ids := _ids(item)):
        report.outcome = "failed"
        report.longrepr = _MUST_RUN.format(
            where=item.nodeid, how="expected to fail" if expected else f"skipped ({_why(report)})", ids=ids
        )
        vars(report).pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that is skipped as a whole takes its proofs with it."""
    report = yield
    if report.skipped and isinstance(collector, pytest.Module) and (ids := _ids_of_file(collector)):
        report.outcome = "failed"
        report.longrepr = _MUST_RUN.format(where=collector.nodeid, how=f"skipped ({_why(report)})", ids=ids)
    return report


def _ids(item: pytest.Item) -> str:
    return ", ".join(dict.fromkeys(id_ for mark in item.iter_markers(NAME) for id_ in mark.args))


def _ids_of_file(module: pytest.Module) -> str:
    path = module.path
    tests = read(path.read_text(), path.name).tests
    return ", ".join(dict.fromkeys(id_ for test in tests for mark in test.marks for id_ in mark.ids))


def _why(report: pytest.TestReport | pytest.CollectReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
