import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from plinth.engine.layout import Layout
from plinth.engine.shim_script import write_shims

SALT = "encryptionsalt: v1:simulated=:x\n"
PLAIN = "config:\n  aws:region: us-east-1  # as written\n"

# What the CLI does to a project, as far as it matters here.
FAKE_CLI = f"""\
import os, pathlib, sys, time
args = sys.argv[1:]
if calls := os.environ.get("FAKE_CALLS"):
    with open(calls, "a") as log:
        print(*args, file=log)
file = pathlib.Path(os.environ.get("FAKE_FOLDER", "."), "Pulumi.dev.yaml")
text = file.read_text() if file.exists() else ""
if "encryptionsalt" not in text:
    text += {SALT!r}
if args[:2] == ["config", "set"]:
    text = text.replace("config:\\n", "config:\\n  plinth:" + args[2] + ": " + args[3] + "\\n")
if args[:1] == ["relaid"]:
    text = {SALT!r} + "config: {{aws:region: us-east-1}}\\n"
file.write_text(text)
if args[:2] == ["stack", "rm"]:
    file.unlink()
if args[:1] == ["wait"]:
    print("ready", flush=True)
    time.sleep(30)
print("said", *args)
sys.exit(int(os.environ.get("FAKE_EXIT", "0")))
"""


@dataclass
class Shell:
    """A project, and the `pulumi` that its simulated shell would run."""

    project: Path
    pulumi: Path
    layout: Layout

    @property
    def file(self) -> Path:
        return self.project / "Pulumi.dev.yaml"

    def run(self, *args: str, cwd: Path | None = None, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.pulumi, *args],
            cwd=cwd or self.project,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    project = tmp_path / "my project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: plinth\n")
    cli = tmp_path / "real cli"
    cli.write_text(f"#!{sys.executable}\n{FAKE_CLI}")
    cli.chmod(0o700)
    layout = Layout(tmp_path / "sim home", "plinth")
    return Shell(project, write_shims(layout, cli) / "pulumi", layout)


def test_a_file_whose_only_change_is_the_salt_is_as_before_byte_for_byte(shell: Shell) -> None:
    shell.file.write_text(PLAIN)

    assert shell.run("preview", "-s", "dev").stdout == "said preview -s dev\n"
    assert shell.file.read_text() == PLAIN


def test_so_it_is_when_the_file_was_laid_out_anew(shell: Shell) -> None:
    shell.file.write_text(PLAIN)
    shell.run("relaid")

    assert shell.file.read_text() == PLAIN


def test_a_file_made_of_nothing_but_the_salt_is_gone_again(shell: Shell) -> None:
    shell.run("stack", "init", "dev")

    assert not shell.file.exists()


def test_what_config_set_changed_stays(shell: Shell) -> None:
    shell.file.write_text(PLAIN)
    shell.run("config", "set", "azs", "2")

    assert shell.file.read_text() == PLAIN.replace("config:\n", "config:\n  plinth:azs: 2\n")


def test_the_exit_code_is_the_clis_and_the_file_is_restored_on_failure(shell: Shell) -> None:
    shell.file.write_text(PLAIN)

    assert shell.run("up", FAKE_EXIT="6").returncode == 6
    assert shell.file.read_text() == PLAIN


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_reaches_the_cli_and_the_file_is_restored(shell: Shell, number: signal.Signals) -> None:
    shell.file.write_text(PLAIN)
    process = subprocess.Popen(
        [shell.pulumi, "wait"],
        cwd=shell.project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
        # Whoever runs the tests in the background hands down a Ctrl-C that is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    process.stdout.readline()
    # A terminal sends Ctrl-C to the whole group, `kill` a signal to one process.
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    began = time.monotonic()
    process.communicate()

    assert process.returncode not in (0, None)
    assert time.monotonic() - began < 10
    assert shell.file.read_text() == PLAIN


def test_the_salt_of_a_real_stack_is_none_of_our_business(shell: Shell) -> None:
    text = PLAIN + "encryptionsalt: v1:real=:y\n"
    shell.file.write_text(text)
    shell.run("preview")

    assert shell.file.read_text() == text


def test_a_simulated_salt_that_a_killed_run_left_is_taken_out_by_the_next(shell: Shell) -> None:
    state = shell.layout.state_file("dev")
    state.parent.mkdir(parents=True)
    state.write_text('{"salt":"v1:simulated=:x"}')
    shell.file.write_text(PLAIN + SALT)
    shell.run("preview")

    assert shell.file.read_text() == PLAIN


def test_removing_a_simulated_stack_leaves_the_projects_file(shell: Shell) -> None:
    shell.file.write_text(PLAIN)
    shell.run("stack", "rm", "dev", "--yes")

    assert shell.file.read_text() == PLAIN


@pytest.mark.parametrize("name", ["dev", "organization/plinth/dev"])
@pytest.mark.parametrize("used", [False, True])
def test_init_finds_room_where_the_shell_has_made_the_stack_and_nobody_has_used_it(
    shell: Shell, name: str, used: bool
) -> None:
    layout = shell.layout
    for file in (layout.premade_mark("dev"), layout.state_file("dev"), layout.state_file("prod")):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    if used:
        layout.history_folder("dev").mkdir(parents=True)
    shell.run("--non-interactive", "stack", "init", name, "--secrets-provider", "passphrase")

    assert layout.state_file("dev").exists() == used
    assert not layout.premade_mark("dev").exists()
    assert layout.state_file("prod").exists()


def test_a_second_init_of_the_users_own_stack_finds_it_there(shell: Shell) -> None:
    state = shell.layout.state_file("dev")
    state.parent.mkdir(parents=True)
    state.write_text("{}")
    shell.run("stack", "init", "dev")

    assert state.exists()


@pytest.mark.parametrize("option", [["-s", "shop-dev"], ["--stack=organization/plinth/shop-dev"]])
@pytest.mark.parametrize("known", [False, True])
def test_a_stack_is_made_when_it_is_first_deployed(
    shell: Shell, tmp_path: Path, option: list[str], known: bool
) -> None:
    calls = tmp_path / "calls"
    if known:
        state = shell.layout.state_file("shop-dev")
        state.parent.mkdir(parents=True)
        state.write_text("{}")
    shell.run("up", "--yes", *option, FAKE_CALLS=str(calls))

    made = ["stack init shop-dev --no-select --non-interactive --color never"]
    assert calls.read_text().splitlines() == [*([] if known else made), " ".join(["up", "--yes", *option])]


def test_no_stack_is_made_to_look_at_one(shell: Shell, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    shell.run("stack", "output", "-s", "shop-dev", FAKE_CALLS=str(calls))

    assert calls.read_text() == "stack output -s shop-dev\n"


@pytest.mark.parametrize("option", [["-C"], ["--cwd"], ["--cwd="]])
def test_the_project_is_found_from_elsewhere(shell: Shell, tmp_path: Path, option: list[str]) -> None:
    shell.file.write_text(PLAIN)
    args = [f"--cwd={shell.project}"] if option == ["--cwd="] else [*option, str(shell.project)]
    shell.run("preview", *args, cwd=tmp_path, FAKE_FOLDER=str(shell.project))

    assert shell.file.read_text() == PLAIN


def test_the_project_is_found_from_a_folder_below(shell: Shell) -> None:
    shell.file.write_text(PLAIN)
    below = shell.project / "a" / "b"
    below.mkdir(parents=True)
    shell.run("preview", cwd=below, FAKE_FOLDER=str(shell.project))

    assert shell.file.read_text() == PLAIN


def test_outside_of_any_project_it_is_just_the_cli(shell: Shell, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    assert shell.run("version", cwd=elsewhere).stdout == "said version\n"


def test_aws_is_told_the_endpoint_where_it_would_forget_it(shell: Shell) -> None:
    aws = shell.layout.bin / "aws"
    assert os.access(aws, os.X_OK)
    program = Path(sys.executable).parent / "aws"
    assert aws.read_text().splitlines()[-1] == f'exec {program} --endpoint-url "$AWS_ENDPOINT_URL" "$@"'
