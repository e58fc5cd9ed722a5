"""`plinth sim …`: the real engine against the simulated cloud."""

import typer

from plinth.commands.lazy import lazy_group

_HERE = "plinth.commands.sim"
_COMMANDS = {
    "up": f"{_HERE}.up:up",
    "preview": f"{_HERE}.preview:preview",
    "refresh": f"{_HERE}.refresh:refresh",
    "destroy": f"{_HERE}.destroy:destroy",
    "status": f"{_HERE}.status:status",
    "coverage": f"{_HERE}.coverage:coverage",
    "shell": f"{_HERE}.shell:app",
    "env": f"{_HERE}.env:env",
    "stop": f"{_HERE}.stop:stop",
    "reset": f"{_HERE}.reset:reset",
}

app = typer.Typer(
    cls=lazy_group(_COMMANDS), add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.callback(no_args_is_help=True)
def sim() -> None:
    """Work in the SIMULATED cloud of this project.

    The real engine, no account, and nothing leaves this machine.
    """
