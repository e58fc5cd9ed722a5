"""Our Python language host: what the Pulumi engine starts in order to run Python programs and policy packs.

A Pulumi installation has one of its own; a CLI built from Go modules has not, and then this one is copied
beside it (`language_host_install`). So it is a program by itself: it imports nothing of Plinth, and it works
for any Pulumi project whose interpreter has the SDK.
"""

import signal

if __name__ == "__main__":
    # The engine's goodbye ends us at once and quietly, whatever we are in the middle of.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import subprocess
import sys
from pathlib import Path

Process = subprocess.Popen[bytes]


def start_program(python: str) -> Process:
    """A process that loads the SDK and then waits on standard input for the program that it shall run."""
    program = Path(__file__).with_name("language_program.py")
    # Without SIGINT until it has made itself end quietly on it; one that comes earlier waits until then.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen([python, "-u", str(program)], stdin=subprocess.PIPE)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# Here, because the imports below take their time: the program's process does its own in the meantime.
_SPARE = start_program(sys.executable) if __name__ == "__main__" else None

import json
import os
import queue
import re
import threading
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import Distribution, distributions, version
from importlib.util import find_spec
from types import ModuleType
from typing import IO, Any


def _without_the_sdk() -> None:
    """Let the SDK's protocol be imported by itself: that takes a third of what the SDK takes."""
    sdk = find_spec("pulumi")
    if sdk is None or sdk.origin is None:
        return
    for name in ("pulumi", "pulumi.runtime", "pulumi.runtime.proto"):
        package = sys.modules[name] = ModuleType(name)
        package.__path__ = [str(Path(sdk.origin).parents[1].joinpath(*name.split(".")))]


if __name__ == "__main__":
    _without_the_sdk()

try:
    import grpc
    from google.protobuf import empty_pb2
    from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2
except ImportError as error:
    sys.exit(
        f"{sys.executable} has no Pulumi SDK ({error}). Fix: install the project's requirements into it."
    )

_SHOWN_TO_THE_USER = 32  # language_program.py ends with it when the engine has been told what went wrong
_SECONDS_BETWEEN_LOOKS = 2.0
_MESSAGE_BYTES = 400 * 1024 * 1024  # as in Pulumi's own hosts: rpcutil.GrpcChannelOptions


class NoInterpreter(Exception):
    """The virtualenv that the project names has no Python; the text says which and what to do."""


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine at `engine`. `spare` is a process that has loaded the SDK ahead of the first run."""

    def __init__(self, engine: str, spare: Process | None = None) -> None:
        self._engine, self._debug = engine, asks_for_debug(os.getppid())
        self._spare, self._spares_python = spare, sys.executable

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        # Only an engine that finds us running already (PULUMI_DEBUG_LANGUAGES) introduces itself this way.
        self._engine, self._debug = request.engine_address, True
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=version("pulumi"))

    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        packages = required_packages(site_packages(interpreter(request.info)))
        return language_pb2.GetRequiredPackagesResponse(packages=packages)

    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        found = list(distributions(path=site_packages(interpreter(request.info))))
        wanted = found if request.transitiveDependencies else not_required_by_others(found)
        answers = [language_pb2.DependencyInfo(name=d.name, version=d.version) for d in wanted]
        return language_pb2.GetProgramDependenciesResponse(dependencies=answers)

    def About(
        self, request: language_pb2.AboutRequest, context: grpc.ServicerContext
    ) -> language_pb2.AboutResponse:
        python = interpreter(request.info)
        answer = sys.version if python == sys.executable else asked(python, "import sys; print(sys.version)")
        return language_pb2.AboutResponse(executable=python, version=answer.split()[0])

    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        text = "Dependencies are left to the project's own set-up (`make setup`): nothing installed.\n"
        yield language_pb2.InstallDependenciesResponse(stdout=text.encode())

    def Run(
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        try:
            program = self._take_program(interpreter(request.info))
        except NoInterpreter as error:
            return language_pb2.RunResponse(error=str(error))
        context.add_callback(program.terminate)
        header = json.dumps({"engine": self._engine, "debug": self._debug})
        program.communicate(f"{header}\n".encode() + request.SerializeToString())
        if request.dryRun and context.is_active():
            # `pulumi up` previews and then runs the program again, in the same host.
            self._spare = start_program(self._spares_python)
        return outcome(program.returncode)

    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        try:
            plugin = start_plugin(request)
        except NoInterpreter as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
        context.add_callback(plugin.terminate)
        for name, chunk in chunks(plugin):
            if name == "stdout":
                yield language_pb2.RunPluginResponse(stdout=chunk)
            else:
                yield language_pb2.RunPluginResponse(stderr=chunk)
        yield language_pb2.RunPluginResponse(exitcode=plugin.wait())

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def _take_program(self, python: str) -> Process:
        if self._spare and python == self._spares_python:
            spare, self._spare = self._spare, None
            return spare
        return start_program(python)


def asks_for_debug(engine: int) -> bool:
    """True if the engine's command line asks for debug messages, or cannot be seen.

    The SDK has five per resource to say, and the engine, which takes them all, shows none without being asked.
    """
    try:
        words = Path(f"/proc/{engine}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return True
    return any(re.match(rb"--debug|--verbose|-[a-z]*[dv]", word) for word in words)


def interpreter(info: language_pb2.ProgramInfo) -> str:
    """The Python of the virtualenv that the project's runtime options name; without one, ours."""
    options: Mapping[str, Any] = dict(info.options.items())
    virtualenv = options.get("virtualenv") or (".venv" if options.get("toolchain") == "uv" else None)
    if virtualenv is None:
        return sys.executable
    python = Path(info.root_directory, virtualenv, "bin", "python")
    if not python.is_file():
        raise NoInterpreter(
            f"{python}: not there, though `virtualenv: {virtualenv}` says so. Fix: make setup"
        )
    return str(python)


def site_packages(python: str) -> list[str]:
    """Where that interpreter's packages are."""
    if python == sys.executable:
        return sys.path
    return list(json.loads(asked(python, "import json, sys; print(json.dumps(sys.path))")))


def required_packages(paths: Iterable[str]) -> list[plugin_pb2.PackageDependency]:
    """The provider plugins that the installed SDKs belong to, as their pulumi-plugin.json say."""
    files = (file for path in paths for file in Path(path).glob("*/pulumi-plugin.json"))
    described = (json.loads(file.read_text()) for file in sorted(files))
    return [_package(plugin) for plugin in described if plugin.get("resource")]


def not_required_by_others(found: Iterable[Distribution]) -> list[Distribution]:
    """Those that are there for their own sake."""
    lines = (line for d in found for line in d.requires or () if "extra ==" not in line)
    required = {_normal(re.split(r"[^\w.-]", line)[0]) for line in lines}
    return [d for d in found if _normal(d.name) not in required]


def asked(python: str, code: str) -> str:
    """What `code` prints in the interpreter `python`."""
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def outcome(code: int) -> language_pb2.RunResponse:
    """What the engine hears about a program that ended with `code`."""
    if code == 0:
        return language_pb2.RunResponse()
    if code in (_SHOWN_TO_THE_USER, -signal.SIGTERM, -signal.SIGINT):
        return language_pb2.RunResponse(bail=True)
    return language_pb2.RunResponse(error=f"the program ended with exit code {code}")


def start_plugin(request: language_pb2.RunPluginRequest) -> Process:
    """A policy pack, or a provider written in Python, started with the interpreter it asks for."""
    module = "pulumi.policy" if request.kind == "analyzer" else "pulumi.run.plugin"
    return subprocess.Popen(
        [interpreter(request.info), "-u", "-m", module, *request.args, request.info.program_directory],
        cwd=request.pwd,
        env=dict(setting.split("=", 1) for setting in request.env if "=" in setting),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def chunks(process: Process) -> Iterator[tuple[str, bytes]]:
    """What the process writes, as it comes: ("stdout" or "stderr", bytes), until both are closed."""
    arrived: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    pipes = {"stdout": process.stdout, "stderr": process.stderr}
    for name, pipe in pipes.items():
        threading.Thread(target=_pump, args=(name, pipe, arrived), daemon=True).start()
    still_open = len(pipes)
    while still_open:
        name, chunk = arrived.get()
        if chunk:
            yield name, chunk
        else:
            still_open -= 1


def serve(engine: str, spare: Process | None) -> None:
    """Answer the engine at `engine` until it says goodbye. The first line on standard output is our port."""
    limits = [(f"grpc.max_{way}_message_length", _MESSAGE_BYTES) for way in ("receive", "send")]
    # Every run and every policy pack keeps one worker for as long as it lasts.
    server = grpc.server(ThreadPoolExecutor(max_workers=100), options=limits)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageHost(engine, spare), server)
    parent, port = os.getppid(), server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    while server.wait_for_termination(timeout=_SECONDS_BETWEEN_LOOKS):
        if os.getppid() != parent:
            _end_all_of_us()


def _end_all_of_us() -> None:
    """An engine that was killed said no goodbye: neither we nor our programs and policy packs shall outlive it."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGTERM)
    os._exit(1)


def _package(plugin: Mapping[str, Any]) -> plugin_pb2.PackageDependency:
    fields = {"name": plugin["name"], "kind": "resource", "version": plugin.get("version", "")}
    if extra := plugin.get("parameterization"):
        fields["parameterization"] = plugin_pb2.PackageParameterization(
            name=extra["name"], version=extra["version"], value=b64decode(extra["value"])
        )
    return plugin_pb2.PackageDependency(**fields, server=plugin.get("server", ""))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pump(name: str, pipe: IO[bytes], arrived: "queue.SimpleQueue[tuple[str, bytes]]") -> None:
    with pipe:
        while chunk := pipe.read1(65536):  # type: ignore[attr-defined]
            arrived.put((name, chunk))
    arrived.put((name, b""))


if __name__ == "__main__":
    # The engine's address is our last argument (sdk/go/common/resource/plugin/langruntime_plugin.go of 3.259.0).
    serve(sys.argv[-1] if sys.argv[1:] else "", _SPARE)
