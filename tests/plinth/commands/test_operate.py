"""`up`, `preview`, `refresh` and `destroy`: which calls they make, what they show, how they end."""

import json
import os
import socket
from pathlib import Path

import pytest

from plinth.engine.driver import Command
from tests.plinth.conftest import DEV


def test_a_first_up_makes_the_stack_and_then_calls_the_engine_once(cli) -> None:
    result = cli.run("sim", "up", "dev")
    config = str(cli.home / "config" / "Pulumi.dev.yaml")

    assert result.exit_code == 0, result.output
    assert [command.args for command in cli.engine.commands] == [
        ("stack", "init", "dev", "--no-select", "--non-interactive", "--color", "never"),
        (
            *("up", "--stack", "dev", "--config-file", config),
            *("--non-interactive", "--color", "never", "--suppress-progress", "--suppress-outputs"),
            *("--skip-plugin-pre-install", "--yes", "--skip-preview"),
        ),
    ]
    assert [command.cwd for command in cli.engine.commands] == [cli.home / "scratch", cli.project]


def test_a_warm_up_is_one_call(cli) -> None:
    cli.run("sim", "up", "dev")
    cli.engine.commands.clear()
    cli.engine.case = "up_same"
    result = cli.run("sim", "up", "dev")

    assert len(cli.engine.commands) == 1
    assert "Nothing changes: 10 resources are as declared." in result.stdout
    assert cli.cloud.starts == 1


def test_the_projects_configuration_is_never_written(cli) -> None:
    cli.engine.before = _salt
    cli.run("sim", "up", "dev")

    assert (cli.project / "Pulumi.dev.yaml").read_text() == DEV
    assert sorted(file.name for file in cli.project.glob("Pulumi.*")) == ["Pulumi.dev.yaml", "Pulumi.yaml"]


def test_policies_run_where_the_program_runs(cli) -> None:
    pack = cli.project / "policies"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    for operation in ("up", "preview", "refresh", "destroy"):
        cli.run("sim", operation)

    called = {command.args[0]: command.args for command in cli.engine.commands}
    assert called["up"][-2:] == called["preview"][-2:] == ("--policy-pack", str(pack))
    assert "--policy-pack" not in called["refresh"] + called["destroy"]
    assert "--skip-preview" not in called["preview"]
    assert "--ignore-protect" in called["destroy"]


def test_the_result_screen_of_a_first_up(cli) -> None:
    text = cli.run("sim", "up", "dev").stdout

    assert text.startswith("SIMULATED  up dev\n  starting the simulated cloud\n")
    for part in (
        "  created   aws:ec2:Vpc  la-dev-network-vpc",
        "SIMULATED  up dev  ·  10 created",
        "la-dev-network (Network)        8  6 Subnet, LogGroup, Vpc",
        'db       {"host": "h", "password": "[secret]"}',
        "sim status ",
        "sim shell ",
        "sim destroy dev ",
    ):
        assert part in text
    assert "hunter2" not in text


def test_the_document_of_an_up(cli) -> None:
    found = cli.document("sim", "up", "dev")

    assert (found["schema_version"], found["command"], found["simulated"]) == (1, "sim up", True)
    assert (found["stack"], found["result"], found["exit_code"]) == ("dev", "succeeded", 0)
    assert found["counts"] == {"create": 10}
    assert found["outputs"]["secret"] == {"value": "[secret]", "secret": True, "known": True}
    assert len(found["next"]) == 3


@pytest.mark.parametrize(
    ("case", "returncode", "words", "expected"),
    [
        ("up_config_error", 1, ["sim", "up"], 2),
        ("up_failed", 1, ["sim", "up"], 4),
        ("preview_policy", 1, ["sim", "preview"], 5),
        ("preview_change", 0, ["sim", "preview", "--expect-no-changes"], 7),
        ("preview_change", 0, ["sim", "preview"], 0),
        ("up_program_bug", 1, ["sim", "up"], 1),
    ],
)
def test_exit_codes(replaying, case: str, returncode: int, words: list[str], expected: int) -> None:
    result = replaying(case, returncode).run(*words)

    assert result.exit_code == expected
    assert "Traceback" not in result.output


def test_an_interrupted_up_is_cancelled(replaying) -> None:
    result = replaying("up_cancelled", 1, interrupted=True).run("sim", "up")

    assert result.exit_code == 8
    assert "SIMULATED  up dev  ·  CANCELLED: nothing was done" in result.stdout
    assert "again; what is done stays done" in result.stdout


@pytest.mark.parametrize("operation", ["refresh", "destroy"])
def test_what_was_never_brought_up_is_not_found(cli, operation: str) -> None:
    result = cli.run("sim", operation, "staging")

    assert result.exit_code == 6
    assert result.stderr == "plinth: staging: never brought up here.\nFix: plinth sim up staging\n"
    assert cli.engine.commands == []


def test_a_mistyped_environment_leaves_no_stack_behind(replaying) -> None:
    cli = replaying("up_config_error", 1)
    cli.run("sim", "up", "tset")

    assert list((cli.home / "backend" / ".pulumi" / "stacks" / "plinth").iterdir()) == []


def test_a_name_that_no_stack_can_have(cli) -> None:
    result = cli.run("sim", "up", "a/b")

    assert result.exit_code == 2
    assert "not a stack name" in result.stderr


def test_a_live_lock_refuses_before_the_engine_is_asked(cli) -> None:
    cli.run("sim", "up", "dev")
    folder = cli.home / "backend" / ".pulumi" / "locks" / "organization" / "plinth" / "dev"
    folder.mkdir(parents=True)
    (folder / "x.json").write_text(json.dumps({"pid": 1, "hostname": "elsewhere", "username": "bob"}))
    cli.engine.commands.clear()
    result = cli.run("sim", "up", "dev")

    assert result.exit_code == 1
    assert "another run is working on this environment (bob@elsewhere, pid 1" in result.stderr
    assert cli.engine.commands == []


def test_the_engines_own_refusal_of_a_second_run_is_told_the_same_way(replaying) -> None:
    said = "error: the stack is currently locked by 1 lock(s). Either wait …\n"
    result = replaying("", 1, said=said).run("sim", "up", "dev")

    assert result.exit_code == 1
    assert result.stderr == (
        "plinth: dev: another run is working on this environment.\n"
        "the stack is currently locked by 1 lock(s). Either wait …\n"
        "Fix: wait until it ends\n"
    )


def test_repairs_are_told_in_one_line_each(cli) -> None:
    cli.run("sim", "up", "dev")
    folder = cli.home / "backend" / ".pulumi" / "locks" / "organization" / "plinth" / "dev"
    folder.mkdir(parents=True)
    own = {
        "pid": os.getpid(),
        "hostname": socket.gethostname(),
        "username": "ada",
        "timestamp": "2026-11-21T14:00:00Z",
    }
    (folder / "x.json").write_text(json.dumps(own))
    repairs = cli.document("sim", "up", "dev")["repairs"]

    assert [line.partition(" (")[0] for line in repairs] == ["Removed the lock of a run that is gone"]


def test_an_engine_that_cannot_begin_is_quoted(replaying) -> None:
    cli = replaying("", 255, said="warning: x\nerror: could not load plugin\n")
    result = cli.run("sim", "up", "dev")

    assert result.exit_code == 255
    assert "ERROR  could not load plugin\n" in result.stdout


def _salt(command: Command) -> None:
    """As the CLI does: into the file that it is given."""
    if "--config-file" in command.args:
        with Path(command.args[command.args.index("--config-file") + 1]).open("a") as file:
            file.write("encryptionsalt: v1:sim\n")


def test_a_cloud_that_dies_meanwhile_is_named_with_the_end_of_its_log(cli) -> None:
    def dies(command: Command) -> None:
        if command.args[0] == "up":
            (cli.home / "simcloud.log").write_text("up and about\nValueError: the disk is full\n")
            cli.cloud.up = False

    cli.engine.before, cli.engine.returncode = dies, 1
    result = cli.run("sim", "up", "dev")

    assert result.exit_code != 0
    said = " ".join(result.stdout.split())
    assert "the simulated cloud ended while it was working" in said
    assert "ValueError: the disk is full" in said
