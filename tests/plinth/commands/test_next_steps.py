import pytest

from plinth.commands.sim.next_steps import next_steps
from plinth.exit_codes import ExitCode
from plinth.report.build import build_report
from plinth.report.event import parse_events
from tests.plinth.twins import RECORDED


@pytest.mark.parametrize(
    ("case", "code", "expected"),
    [
        ("up_first", ExitCode.OK, ["status", "shell", "destroy dev"]),
        ("up_failed", ExitCode.RESOURCE, ["up dev", "status", "destroy dev"]),
        ("up_config_error", ExitCode.CONFIGURATION, ["up dev", "status", "shell"]),
        ("preview_change", ExitCode.OK, ["up dev", "preview dev --json", "shell"]),
        ("preview_change", ExitCode.CHANGES, ["up dev", "preview dev --json", "shell"]),
        ("refresh_same", ExitCode.OK, ["preview dev", "up dev", "status"]),
        ("destroy_protected", ExitCode.RESOURCE, ["destroy dev", "status", "shell"]),
        ("destroy_all", ExitCode.OK, ["up dev", "status", "stop"]),
    ],
)
def test_three_commands_that_fit(case: str, code: ExitCode, expected: list[str]) -> None:
    events = list(parse_events((RECORDED / case / "events.jsonl").read_text().splitlines()))
    report = build_report(events, operation=case.partition("_")[0], stack="dev")
    steps = next_steps(report.operation, report, code)

    assert [step.command.partition(" sim ")[2] for step in steps] == expected
