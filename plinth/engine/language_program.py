"""Runs one Pulumi program in a process of its own: the answer is its exit code.

On standard input come a line of JSON (the engine's address; whether it wants debug messages) and the request.

Every run has a fresh interpreter, as with Pulumi's own host: `pulumi up` runs a program twice, and a module
that declares resources when it is imported must be imported twice.
"""

import signal

# The engine's goodbye ends us at once and quietly. Our host has kept it from us until here.
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

import asyncio
import contextlib
import gc
import json
import logging
import os
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

SHOWN_TO_THE_USER = 32
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_ORIGINS: list[tuple[BaseException, TracebackType | None]] = []

try:
    import grpc
    import pulumi
    from pulumi.runtime import reset_options, run_in_stack, set_all_config
    from pulumi.runtime.proto import language_pb2
except ImportError as error:
    sys.exit(
        f"{sys.executable} has no Pulumi SDK ({error}). Fix: install the project's requirements into it."
    )


def main() -> int:
    """The exit code: 0, or SHOWN_TO_THE_USER if the program failed and the engine was told why."""
    header, _, asked = sys.stdin.buffer.read().partition(b"\n")
    if not asked:
        return 0
    request = language_pb2.RunRequest.FromString(asked)
    program = Path(request.info.program_directory, request.info.entry_point or ".")
    try:
        _configure(request, **json.loads(header))
        _run(program, request)
    except pulumi.RunError as error:
        return _failed(str(error))
    except grpc.RpcError as error:
        return _disconnected(error)
    except Exception as error:  # noqa: BLE001 — anything that a user's program raises is shown to them
        return _failed(f"Program failed with an unhandled exception:\n{users_traceback(error, program)}")
    return 0


def users_traceback(error: BaseException, program: Path) -> str:
    """The traceback from the first line of the user's own code on: what is above it is machinery."""
    home = f"{program.resolve() if program.is_dir() else program.resolve().parent}{os.sep}"
    if isinstance(error, SyntaxError):
        return "".join(traceback.format_exception_only(error))
    seen = [*(trace for raised, trace in _ORIGINS if raised is error), error.__traceback__]
    trace = next(filter(None, (_from_users_line_on(trace, home) for trace in seen)), seen[0])
    return "".join(traceback.format_exception(error.with_traceback(trace)))


def _from_users_line_on(trace: TracebackType | None, home: str) -> TracebackType | None:
    while trace and not _is_users(trace.tb_frame.f_code.co_filename, home):
        trace = trace.tb_next
    return trace


def _is_users(file: str, home: str) -> bool:
    own = Path(file).is_absolute() and os.path.realpath(file).startswith(home)
    return own and f"{os.sep}site-packages{os.sep}" not in file


def _configure(request: language_pb2.RunRequest, *, engine: str, debug: bool) -> None:
    set_all_config(dict(request.config), list(request.configSecretKeys))
    reset_options(
        project=request.project,
        stack=request.stack,
        root_directory=request.info.root_directory,
        parallel=request.parallel,
        engine_address=engine,
        monitor_address=request.monitor_address,
        preview=request.dryRun,
        organization=request.organization or "organization",
    )
    if not debug:
        pulumi.log.debug = lambda *_, **__: None


def _run(program: Path, request: language_pb2.RunRequest) -> None:
    # A program that stops half-way leaves unfinished tasks behind, of which asyncio would complain at length.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    # Thousands of classes are made while the SDKs are imported, and none of them ever becomes garbage.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    os.chdir(request.pwd or request.info.program_directory)
    main_file = program / "__main__.py" if program.is_dir() else program
    sys.argv = [str(program), *request.args]
    sys.path[0] = str(main_file.parent)
    loop = asyncio.new_event_loop()
    loop.set_task_factory(_task)
    asyncio.set_event_loop(loop)
    loop.set_default_executor(ThreadPoolExecutor(max_workers=max(1, request.parallel) * 4))

    def run_main() -> None:
        runpy.run_path(str(main_file), run_name="__main__")

    loop.run_until_complete(run_in_stack(run_main))


def _task(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> "asyncio.Task[Any]":
    task: asyncio.Task[Any] = asyncio.Task(coroutine, loop=loop, **options)
    task.add_done_callback(_remember_origin)
    return task


def _remember_origin(task: "asyncio.Task[Any]") -> None:
    """A task that is awaited a second time raises its exception without the lines that it came from."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _ORIGINS.append((error, error.__traceback__))


def _failed(message: str) -> int:
    # An engine that is gone has nobody left to show it to.
    with contextlib.suppress(grpc.RpcError):
        pulumi.log.error(message)
    return SHOWN_TO_THE_USER


def _disconnected(error: grpc.RpcError) -> int:
    """An engine that has stopped because of an error shows that one itself."""
    if error.code() == grpc.StatusCode.UNAVAILABLE:
        return SHOWN_TO_THE_USER
    return _failed(f"The engine refused a request: {error.details()}")


if __name__ == "__main__":
    answer = main()
    # Else the interpreter collects, class by class, what ends with the process anyway: a second for the AWS SDK.
    gc.freeze()
    sys.exit(answer)
