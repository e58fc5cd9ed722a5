"""Our language host: asked over gRPC as the engine asks it, and then by the engine itself."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from plinth.engine import language_host
from plinth.engine.acquire import Engine, locate
from plinth.engine.language_host_install import LAUNCHER, install

VIRTUALENV = Path(sys.prefix)
POLICY_PACK = """
from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

def refuse(stack, report):
    report(f"{len(list(stack.resources))} resource is one too many")

PolicyPack("strict", policies=[
    StackValidationPolicy(name="none", description="Nothing at all.", validate=refuse,
                          enforcement_level=EnforcementLevel.MANDATORY)])
"""


class Project:
    """A Pulumi project of one stack, and the engine to run it with."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder, self._engine = folder, engine
        (folder / "state").mkdir()
        self.uses(VIRTUALENV)

    def uses(self, virtualenv: Path | str) -> None:
        text = f"name: small\nruntime: {{name: python, options: {{virtualenv: {virtualenv}}}}}\n"
        (self.folder / "Pulumi.yaml").write_text(text)

    def write(self, text: str, name: str = "__main__.py") -> None:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    def pulumi(self, *args: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self._engine.pulumi, *args, "--non-interactive", "--color", "never"],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=self._environ(),
            timeout=120,
        )

    def _environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "PATH": os.pathsep.join([*map(str, self._engine.search_path), os.environ["PATH"]]),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "",
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    engine = locate()
    assert engine is not None, "no Pulumi engine. Fix: make setup"
    project = Project(tmp_path, engine)
    project.pulumi("stack", "init", "dev")
    return project


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[language_pb2_grpc.LanguageRuntimeStub]:
    """A language host started as the engine starts it; it must end quietly."""
    install(tmp_path / "host")
    (tmp_path / "Pulumi.yaml").write_text(f"runtime:\n  options:\n    virtualenv: {VIRTUALENV} # ours\n")
    host = subprocess.Popen(
        [tmp_path / "host" / LAUNCHER, "127.0.0.1:1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert host.stdout is not None
    with grpc.insecure_channel(f"127.0.0.1:{int(host.stdout.readline())}") as channel:
        yield language_pb2_grpc.LanguageRuntimeStub(channel)
    os.killpg(host.pid, signal.SIGINT)
    assert host.communicate(timeout=5) == ("", "")


def info(folder: Path, **options: str) -> language_pb2.ProgramInfo:
    chosen = struct_pb2.Struct()
    chosen.update(options or {"virtualenv": str(VIRTUALENV)})
    return language_pb2.ProgramInfo(
        root_directory=str(folder), program_directory=str(folder), entry_point=".", options=chosen
    )


def test_it_answers_what_the_engine_asks(ask: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path) -> None:
    ask.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="127.0.0.1:1"))
    assert ask.GetPluginInfo(empty_pb2.Empty()).version == "3.259.0"

    about = ask.About(language_pb2.AboutRequest(info=info(tmp_path)))
    assert about.executable == sys.executable
    assert about.version == ".".join(map(str, sys.version_info[:3]))

    required = ask.GetRequiredPackages(language_pb2.GetRequiredPackagesRequest(info=info(tmp_path))).packages
    assert [(package.name, package.kind, package.version) for package in required] == [
        ("aws", "resource", "7.51.1")
    ]

    asked = language_pb2.GetProgramDependenciesRequest(info=info(tmp_path), transitiveDependencies=True)
    found = {d.name: d.version for d in ask.GetProgramDependencies(asked).dependencies}
    assert found["pulumi"] == "3.259.0"

    asked.transitiveDependencies = False
    names = {d.name for d in ask.GetProgramDependencies(asked).dependencies}
    assert "plinth" in names
    assert "grpcio" not in names


def test_a_plugin_streams_what_it_says_and_its_exit_code(
    ask: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    fake = tmp_path / "venv" / "bin" / "python"
    fake.parent.mkdir(parents=True)
    fake.write_text('#!/bin/sh\necho "$WORD: $*"\necho oh >&2\nexit 7\n')
    fake.chmod(0o755)
    request = language_pb2.RunPluginRequest(
        pwd=str(tmp_path),
        args=["127.0.0.1:1"],
        env=["WORD=ran"],
        kind="analyzer",
        info=info(tmp_path, virtualenv="venv"),
    )
    answers = list(ask.RunPlugin(request))
    assert (
        b"".join(a.stdout for a in answers).decode() == f"ran: -u -m pulumi.policy 127.0.0.1:1 {tmp_path}\n"
    )
    assert b"".join(a.stderr for a in answers) == b"oh\n"
    assert answers[-1].exitcode == 7


def test_a_virtualenv_that_is_not_there(ask: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path) -> None:
    answer = ask.Run(language_pb2.RunRequest(info=info(tmp_path, virtualenv="gone")))
    assert answer.error == (
        f"{tmp_path}/gone/bin/python: not there, though `virtualenv: gone` says so. Fix: make setup"
    )


ENGINE = """
import subprocess, sys, time
host = subprocess.Popen([sys.argv[1], "127.0.0.1:1"], stdout=subprocess.PIPE, start_new_session=True)
host.stdout.readline()
print(host.pid, flush=True)
time.sleep(60)
"""


def test_it_does_not_outlive_an_engine_that_was_killed(tmp_path: Path) -> None:
    install(tmp_path)
    (tmp_path / "Pulumi.yaml").write_text(
        f"runtime: {{name: python, options: {{virtualenv: {VIRTUALENV}}}}}\n"
    )
    engine = subprocess.Popen(
        [sys.executable, "-c", ENGINE, tmp_path / LAUNCHER], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    assert engine.stdout is not None
    group = int(engine.stdout.readline())
    assert members(group) > 1
    engine.kill()
    engine.communicate()
    until = time.monotonic() + 15
    while members(group) and time.monotonic() < until:
        time.sleep(0.1)
    assert members(group) == 0


def members(group: int) -> int:
    """How many processes of the group live."""
    count = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, found = file.read_text().rpartition(")")[2].split()[:3]
            count += int(found) == group and state != "Z"
    return count


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (0, language_pb2.RunResponse()),
        (32, language_pb2.RunResponse(bail=True)),
        (-signal.SIGTERM, language_pb2.RunResponse(bail=True)),
        (3, language_pb2.RunResponse(error="the program ended with exit code 3")),
    ],
)
def test_what_the_engine_hears_of_an_exit_code(code: int, answer: language_pb2.RunResponse) -> None:
    assert language_host.outcome(code) == answer


@pytest.mark.engine
def test_a_preview_shows_outputs_and_no_warning(project: Project) -> None:
    project.write("import pulumi\npulumi.export('answer', 42)\nprint('said by the program')\n")
    done = project.pulumi("preview")
    assert done.returncode == 0, done.stderr
    assert "answer: 42" in done.stdout
    assert "said by the program" in done.stdout
    assert "warning" not in (done.stdout + done.stderr).lower()


def broken_deep_down(project: Project) -> None:
    project.write("def divide():\n    return 1 / 0\n", "inner/numbers_of_ours.py")
    project.write("from inner.numbers_of_ours import divide\ndivide()\n")


def wrong_settings(project: Project) -> None:
    project.write("import pulumi\nraise pulumi.RunError('settings: wrong. Fix: change them')\n")


def no_python_at_all(project: Project) -> None:
    project.write("resource = (\n")


@pytest.mark.engine
@pytest.mark.parametrize(
    ("program", "shown"),
    [
        (
            broken_deep_down,
            [
                "error: Program failed with an unhandled exception:",
                "Traceback (most recent call last):",
                'File "{folder}/__main__.py", line 2, in <module>',
                "divide()",
                'File "{folder}/inner/numbers_of_ours.py", line 2, in divide',
                "return 1 / 0",
                "~~^~~",
                "ZeroDivisionError: division by zero",
            ],
        ),
        (wrong_settings, ["error: settings: wrong. Fix: change them"]),
        (
            no_python_at_all,
            [
                "error: Program failed with an unhandled exception:",
                'File "{folder}/__main__.py", line 1',
                "resource = (",
                "^",
                "SyntaxError: '(' was never closed",
            ],
        ),
    ],
)
def test_a_failing_program_shows_its_own_lines_only(
    project: Project, program: Callable[[Project], None], shown: list[str]
) -> None:
    program(project)
    done = project.pulumi("preview")
    assert done.returncode != 0
    diagnostics = done.stdout.partition("pulumi:pulumi:Stack (small-dev):\n")[2].partition("\nResources:")[0]
    lines = [line.strip() for line in diagnostics.splitlines() if line.strip()]
    assert lines == [line.format(folder=project.folder) for line in shown]


@pytest.mark.engine
def test_the_program_is_fresh_in_the_preview_and_in_the_update(project: Project) -> None:
    # What a module declares when it is imported must be declared in both runs of `up`.
    project.write("import pulumi\npulumi.export('from_a_module', True)\n", "declares.py")
    project.write("import declares\n")
    done = project.pulumi("up", "--yes")
    assert done.returncode == 0, done.stderr
    assert project.pulumi("stack", "output", "from_a_module").stdout == "true\n"


@pytest.mark.engine
def test_the_program_runs_in_the_virtualenv_of_the_project(project: Project) -> None:
    other = project.folder / "other" / "bin" / "python"
    other.parent.mkdir(parents=True)
    other.write_text(f'#!/bin/sh\nINTERPRETER=other exec {sys.executable} "$@"\n')
    other.chmod(0o755)
    project.uses("other")
    project.write("import os, pulumi\npulumi.export('interpreter', os.environ.get('INTERPRETER'))\n")
    assert 'interpreter: "other"' in project.pulumi("preview").stdout


@pytest.mark.engine
def test_a_policy_pack_in_python_is_run(project: Project) -> None:
    project.write("")
    project.write(
        f"runtime: {{name: python, options: {{virtualenv: {VIRTUALENV}}}}}\n", "pack/PulumiPolicy.yaml"
    )
    project.write(POLICY_PACK, "pack/__main__.py")
    done = project.pulumi("preview", "--policy-pack", "pack")
    assert done.returncode != 0
    assert "1 resource is one too many" in done.stdout
