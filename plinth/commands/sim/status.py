"""`plinth sim status`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.options import AsJson, tools_of
from plinth.engine.session import find_place_anywhere
from plinth.engine.status import read_status
from plinth.render.status import render_status, status_document
from plinth.terminal import this_terminal


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what runs where, in which version."""
    with framed("sim status", as_json=as_json):
        tools = tools_of(context)
        found = read_status(tools, find_place_anywhere(tools))
        if as_json:
            typer.echo(status_document(found))
        else:
            render_status(found, this_terminal(tools.environ).console())
