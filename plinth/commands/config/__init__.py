"""`plinth config …`: what stacks are told, without any engine or cloud."""

import sys

import typer

from plinth.commands.lazy import lazy_group
from plinth.errors import ConfigurationError
from plinth.paths import project_root

_HERE = "plinth.commands.config"
_COMMANDS = {
    "check": f"{_HERE}.check:check",
    "show": f"{_HERE}.show:show",
    "diff": f"{_HERE}.diff:diff",
    "docs": f"{_HERE}.docs:docs",
    "schema": f"{_HERE}.schema:schema",
}

app = typer.Typer(
    cls=lazy_group(_COMMANDS), add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.callback(no_args_is_help=True)
def config() -> None:
    """Check, show, compare and explain the settings of stacks. Offline."""
    _of_this_project()


def _of_this_project() -> None:
    """The products are the project's own, as the engine runs its program, wherever plinth itself was installed from."""
    try:
        root = project_root()
    except ConfigurationError:
        return
    if (root / "stacks" / "settings").is_dir():
        sys.path.insert(0, str(root))
