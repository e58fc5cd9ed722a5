"""The frame around every command: failures become text (or a document) and a code, never a traceback."""

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from plinth.errors import Cancelled, ConfigurationError, InternalError, PlinthError
from plinth.exit_codes import ExitCode
from plinth.paths import project_root
from plinth.render.json import document


@contextmanager
def framed(command: str, *, as_json: bool = False) -> Iterator[None]:
    """Raises typer.Exit with the exit code of whatever went wrong inside."""
    try:
        yield
    except typer.Exit:
        raise
    except BrokenPipeError:
        _nobody_reads()
        raise typer.Exit(ExitCode.ERROR) from None
    except PlinthError as error:
        raise _shown(command, error, as_json) from None
    except KeyboardInterrupt:
        raise _shown(command, Cancelled("Interrupted."), as_json) from None
    except Exception as error:  # noqa: BLE001 - the last net: a mistake of ours, and it is kept in a log
        raise _shown(command, _internal(error), as_json) from None


def tell(text: str) -> None:
    """Print what a command found; a reader who stops reading (`plinth doctor | head`) changes nothing of that."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _nobody_reads()


def show_error(error: PlinthError) -> None:
    """On stderr, in the words of the error."""
    typer.echo(f"plinth: {error}", err=True)


def _shown(command: str, error: PlinthError, as_json: bool) -> typer.Exit:
    show_error(error)
    if as_json:
        problem = {"kind": type(error).__name__, "message": error.message, "fix": error.fix}
        typer.echo(document(command, {"exit_code": error.exit_code, "error": problem}))
    return typer.Exit(error.exit_code)


def _nobody_reads() -> None:
    """What is left in the buffer must not fail a second time, when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _internal(error: Exception) -> InternalError:
    log = _log_folder() / f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.log"
    log.write_text("".join(traceback.format_exception(error)))
    return InternalError(
        f"this is a mistake of plinth itself ({type(error).__name__}: {error}).",
        fix=f"report it with {log}",
    )


def _log_folder() -> Path:
    """The project's .plinth, or the temporary folder where there is no project."""
    try:
        folder = project_root() / ".plinth"
        folder.mkdir(exist_ok=True)
    except (ConfigurationError, OSError):
        return Path(tempfile.gettempdir())
    return folder
