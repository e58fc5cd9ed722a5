"""`plinth sim reset`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.options import AsJson, Yes, tools_of
from plinth.engine.reset import check_removable, remove
from plinth.engine.session import find_place_anywhere
from plinth.render.json import document
from plinth.terminal import this_terminal


def reset(context: typer.Context, yes: Yes = False, as_json: AsJson = False) -> None:
    """Forget every simulated environment."""
    with framed("sim reset", as_json=as_json):
        tools = tools_of(context)
        place = find_place_anywhere(tools)
        home = check_removable(place.layout.home, place.root)
        question = f"SIMULATED  Remove every simulated environment in {home}?"
        this_terminal(tools.environ, as_json=as_json).confirm(question, yes=yes)
        tools.cloud.stop(home)
        removed = remove(home)
        if as_json:
            typer.echo(document("sim reset", {"removed": removed, "state_folder": str(home)}))
        else:
            typer.echo(f"SIMULATED  {'Removed' if removed else 'Nothing to remove:'} {home}")
