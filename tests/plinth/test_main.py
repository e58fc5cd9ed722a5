import subprocess
import sys

import pytest
from typer.testing import CliRunner

from plinth import main
from plinth.errors import StackNotFound

HEAVY = {"rich", "yaml", "boto3", "botocore", "moto", "pulumi", "pulumi_aws", "grpc", "pydantic"}


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from plinth.main import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert "Work in the SIMULATED cloud" in shown
    assert set(shown.splitlines()[-1].split()) & HEAVY == set()


def test_every_command_of_sim_is_listed() -> None:
    listed = CliRunner().invoke(main.app, ["sim", "--help"]).stdout.partition("Commands:")[2].splitlines()

    assert [line.split()[0] for line in listed if line.strip()] == [
        *("up", "preview", "refresh", "destroy", "status", "coverage", "shell", "env", "stop", "reset")
    ]


@pytest.mark.parametrize("words", [["bogus"], ["sim", "up", "dev", "more"], ["sim", "up", "--bogus"]])
def test_a_command_line_that_is_wrong_ends_with_two(words: list[str]) -> None:
    assert CliRunner().invoke(main.app, words).exit_code == 2


def test_a_failure_that_no_command_framed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise StackNotFound("dev: not here.")

    monkeypatch.setattr(main, "app", fail)

    assert main.run() == 6
    assert capsys.readouterr().err == "plinth: dev: not here.\n"
