"""`plinth sim coverage`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.options import AsJson, tools_of
from plinth.render.coverage import coverage_lines
from plinth.render.json import document


def coverage(context: typer.Context, as_json: AsJson = False) -> None:
    """Show which resource types the simulated cloud has, and how it answers each operation."""
    with framed("sim coverage", as_json=as_json):
        found = tools_of(context).cloud.coverage()
        if as_json:
            typer.echo(document("sim coverage", found))
        else:
            typer.echo("\n".join(coverage_lines(found)))
