"""`plinth sim stop`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.options import AsJson, tools_of
from plinth.engine.session import find_place_anywhere
from plinth.render.json import document


def stop(context: typer.Context, as_json: AsJson = False) -> None:
    """End the simulated cloud; its state stays."""
    with framed("sim stop", as_json=as_json):
        tools = tools_of(context)
        stopped = tools.cloud.stop(find_place_anywhere(tools).layout.home)
        if as_json:
            typer.echo(document("sim stop", {"stopped": stopped}))
        else:
            typer.echo(
                f"SIMULATED  {'The cloud is stopped.' if stopped else 'Nothing to stop: it does not run.'}"
            )
