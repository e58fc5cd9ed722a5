"""Runs one Pulumi program in a process of its own: the request on standard input, the answer as exit code.

Every run has a fresh interpreter, as with Pulumi's own host: `pulumi up` runs a program twice, and a module
that declares resources when it is imported must be imported twice.
"""

import signal

# Before the imports below: while we wait for a request, the engine's SIGINT shall end us at once and quietly.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import asyncio
import logging
import os
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

SHOWN_TO_THE_USER = 32
INTERRUPTED = 130

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
    request = language_pb2.RunRequest.FromString(sys.stdin.buffer.read())
    if not request.monitor_address:
        return 0
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _configure(request)
    program = Path(request.info.program_directory, request.info.entry_point or ".")
    try:
        _run(program, request)
    except KeyboardInterrupt:
        _leave_at_once()
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
    trace: TracebackType | None = error.__traceback__
    while trace and not _is_users(trace.tb_frame.f_code.co_filename, home):
        trace = trace.tb_next
    return "".join(traceback.format_exception(error.with_traceback(trace or error.__traceback__)))


def _is_users(file: str, home: str) -> bool:
    own = Path(file).is_absolute() and os.path.realpath(file).startswith(home)
    return own and f"{os.sep}site-packages{os.sep}" not in file


def _configure(request: language_pb2.RunRequest) -> None:
    set_all_config(dict(request.config), list(request.configSecretKeys))
    reset_options(
        project=request.project,
        stack=request.stack,
        root_directory=request.info.root_directory,
        parallel=request.parallel,
        engine_address=request.args[0] if request.args else "",
        monitor_address=request.monitor_address,
        preview=request.dryRun,
        organization=request.organization or "organization",
    )


def _run(program: Path, request: language_pb2.RunRequest) -> None:
    # A program that stops half-way leaves unfinished tasks behind, of which asyncio would complain at length.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    os.chdir(request.pwd or request.info.program_directory)
    main_file = program / "__main__.py" if program.is_dir() else program
    sys.argv = [str(program)]
    sys.path[0] = str(main_file.parent)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.set_default_executor(ThreadPoolExecutor(max_workers=max(1, request.parallel) * 4))

    def run_main() -> None:
        runpy.run_path(str(main_file), run_name="__main__")

    loop.run_until_complete(run_in_stack(run_main))


def _failed(message: str) -> int:
    pulumi.log.error(message)
    return SHOWN_TO_THE_USER


def _disconnected(error: grpc.RpcError) -> int:
    """An engine that has stopped because of an error shows that one itself."""
    if error.code() == grpc.StatusCode.UNAVAILABLE:
        return SHOWN_TO_THE_USER
    return _failed(f"The engine refused a request: {error.details()}")


def _leave_at_once() -> None:
    # Not sys.exit: it would wait for threads that wait for an engine that is gone.
    sys.stdout.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
