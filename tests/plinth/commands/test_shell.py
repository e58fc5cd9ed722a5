"""The shell replaces the process, so a process of its own runs it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """\
import os, sys
from plinth.main import app
from tests.plinth.twins import RecordedEngine, TwinCloud, twin_tools
app(["sim", "shell", *sys.argv[1:]], obj=twin_tools(RecordedEngine(), TwinCloud(), dict(os.environ)))
"""


def shell(project: Path, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[3]), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_runs_in_the_simulated_environment(project: Path) -> None:
    done = shell(
        project, "--", "sh", "-c", "echo $AWS_ENDPOINT_URL $EDITOR; command -v pulumi; exit 9", EDITOR="vi"
    )

    assert done.stdout == f"http://127.0.0.1:40003 vi\n{project}/.plinth/sim/bin/pulumi\n"
    assert done.returncode == 9


def test_options_of_the_command_are_the_commands(project: Path) -> None:
    assert shell(project, "--", "echo", "--json", "-n", "x").stdout == "--json -n x\n"


def test_without_a_command_it_is_the_users_shell_and_says_so(project: Path) -> None:
    done = shell(project, SHELL="/bin/echo")

    assert done.stdout == "\n"
    assert done.stderr.startswith(
        "SIMULATED shell: pulumi, aws and boto3 talk to the simulated cloud at http://127"
    )


def test_a_program_that_is_not_there(project: Path) -> None:
    done = shell(project, "--", "no-such-program")

    assert done.returncode == 2
    assert done.stderr == (
        "plinth: no-such-program: No such file or directory.\nFix: name a program that is on PATH\n"
    )
