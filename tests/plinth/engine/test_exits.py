import pytest

from plinth.engine.driver import Finished
from plinth.engine.exits import exit_code
from plinth.exit_codes import ExitCode
from plinth.report.build import build_report
from plinth.report.event import parse_events
from tests.plinth.twins import RECORDED


def code(
    case: str, returncode: int, *, interrupted: bool = False, expect_no_changes: bool = False
) -> ExitCode:
    events = list(parse_events((RECORDED / case / "events.jsonl").read_text().splitlines()))
    report = build_report(events, operation=case.partition("_")[0], stack="dev")
    finished = Finished(returncode, 0.0, 1.0, interrupted)
    return exit_code(report, finished, expect_no_changes=expect_no_changes)


@pytest.mark.parametrize(
    ("case", "returncode", "expected"),
    [
        ("up_first", 0, ExitCode.OK),
        ("up_advisory", 0, ExitCode.OK),
        ("up_config_error", 1, ExitCode.CONFIGURATION),
        ("up_program_bug", 1, ExitCode.ERROR),
        ("up_failed", 1, ExitCode.RESOURCE),
        ("preview_check_failed", 1, ExitCode.RESOURCE),
        ("destroy_protected", 1, ExitCode.RESOURCE),
        ("preview_policy", 1, ExitCode.POLICY),
        ("up_empty", 6, ExitCode.STACK_NOT_FOUND),
        ("up_empty", 3, ExitCode.AUTHENTICATION),
        ("up_empty", -9, ExitCode.ERROR),
    ],
)
def test_what_happened_decides(case: str, returncode: int, expected: ExitCode) -> None:
    assert code(case, returncode) is expected


def test_an_interrupt_is_a_cancellation_whatever_else_went_wrong() -> None:
    assert code("up_failed", 1, interrupted=True) is ExitCode.CANCELLED


def test_changes_matter_only_where_none_were_expected() -> None:
    assert code("preview_change", 0, expect_no_changes=True) is ExitCode.CHANGES
    assert code("preview_change", 0) is ExitCode.OK
    assert code("up_same", 0, expect_no_changes=True) is ExitCode.OK
