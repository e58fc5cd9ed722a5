"""`plinth sim env`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.options import AsJson, tools_of
from plinth.engine.session import find_place_anywhere
from plinth.engine.shell_session import open_shell_session
from plinth.render.exports import export_lines
from plinth.render.json import document


def env(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the same for the shell you are in.

    To be used as: eval "$(plinth sim env)"
    """
    with framed("sim env", as_json=as_json):
        tools = tools_of(context)
        change = open_shell_session(tools, find_place_anywhere(tools)).change
        if as_json:
            typer.echo(document("sim env", {"set": change.set, "unset": list(change.remove)}))
        else:
            typer.echo("\n".join(export_lines(change.set, change.remove)))
