"""Our language host: asked over gRPC as the engine asks it, and then by the engine itself."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from plinth.engine import language_host
from plinth.engine.language_host_install import LAUNCHER, install

VIRTUALENV = Path(sys.prefix)


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
        ("aws", "resource", "7.51.1"),
        ("cloudflare", "resource", "6.23.1"),
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


def test_a_goodbye_while_a_program_is_being_started_is_a_quiet_one(capfd: pytest.CaptureFixture[str]) -> None:
    program = language_host.start_program(sys.executable)
    program.send_signal(signal.SIGINT)
    assert program.wait(timeout=30) == -signal.SIGINT
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        (["preview", "--diff", "-s", "dev"], False),
        (["up", "-yd"], True),
        (["up", "--debug"], True),
        (["up", "-v=9", "--logtostderr"], True),
    ],
)
def test_who_asks_for_debug_messages(args: list[str], asked: bool) -> None:
    wait = [sys.executable, "-c", "print(flush=True); input()", *args]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as engine:
        assert engine.stdout is not None
        engine.stdout.readline()
        assert language_host.asks_for_debug(engine.pid) is asked
        engine.communicate("\n")
    assert language_host.asks_for_debug(engine.pid) is True  # it cannot be seen any more


def test_no_file_beside_the_host_takes_the_place_of_a_standard_module() -> None:
    # Run from its own folder, the host finds its neighbours before the standard library.
    neighbours = {file.stem for file in Path(language_host.__file__).parent.glob("*.py")}
    assert neighbours & sys.stdlib_module_names == set()


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
