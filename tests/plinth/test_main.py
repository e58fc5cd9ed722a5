import subprocess
import sys

import pytest
from typer.testing import CliRunner

from plinth import main
from plinth.errors import StackNotFound

HEAVY = {"rich", "yaml", "boto3", "botocore", "moto", "pulumi", "pulumi_aws", "grpc", "pydantic"}


@pytest.mark.parametrize(
    ("words", "promise"),
    [
        (["--help"], "Work in the SIMULATED cloud"),
        (["config", "--help"], "Show the settings in force"),
        (["config", "check", "--help"], "Tell everything that is wrong"),
    ],
)
def test_help_imports_nothing_heavy(words: list[str], promise: str) -> None:
    # Typer itself looks for pydantic as soon as a command has arguments.
    heavy = HEAVY if words == ["--help"] else HEAVY - {"pydantic"}
    program = (
        f"import sys; from plinth.main import app; app({words}, standalone_mode=False); print(*sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert promise in shown
    assert set(shown.splitlines()[-1].split()) & heavy == set()


def test_every_command_of_sim_is_listed() -> None:
    listed = CliRunner().invoke(main.app, ["sim", "--help"]).stdout.partition("Commands:")[2].splitlines()

    assert [line.split()[0] for line in listed if line.strip()] == [
        *("up", "preview", "refresh", "destroy", "status", "coverage", "shell", "env", "stop", "reset")
    ]


def test_every_command_of_config_is_listed() -> None:
    listed = CliRunner().invoke(main.app, ["config", "--help"]).stdout.partition("Commands:")[2].splitlines()

    assert [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "] == [
        *("check", "show", "diff", "docs", "schema")
    ]


@pytest.mark.parametrize(
    "words", [["bogus"], ["sim", "up", "dev", "more"], ["sim", "up", "--bogus"], ["config", "diff", "dev"]]
)
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
