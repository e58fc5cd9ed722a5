"""The command line's entrance: `plinth`."""

# The clock, before anything that takes time to import.
import plinth.began  # noqa: F401

# isort: split
import sys

import typer

from plinth.commands.frame import show_error
from plinth.commands.lazy import lazy_group
from plinth.errors import PlinthError
from plinth.exit_codes import ExitCode

_COMMANDS = {
    "sim": "plinth.commands.sim:app",
    "config": "plinth.commands.config:app",
    "doctor": "plinth.commands.doctor:doctor",
    "setup": "plinth.commands.setup:setup",
}

# Without markup, typer leaves a quarter of a second of rich imports out of --help.
app = typer.Typer(cls=lazy_group(_COMMANDS), pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(no_args_is_help=True)
def root() -> None:
    """A product's whole stack, per environment: first SIMULATED on this machine, then for real."""


def run() -> int:
    """Ends with one of the numbers of plinth.exit_codes."""
    try:
        app()
    except PlinthError as error:
        show_error(error)
        return error.exit_code
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(run())
