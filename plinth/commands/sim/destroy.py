"""`plinth sim destroy`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.operate import operate
from plinth.commands.sim.options import AsJson, Environment
from plinth.engine.operation import DESTROY


def destroy(context: typer.Context, environment: Environment = "dev", as_json: AsJson = False) -> None:
    """Remove every resource of an environment.

    Protected ones too: all of this is simulated.
    """
    with framed("sim destroy", as_json=as_json):
        operate(context, DESTROY, environment, as_json=as_json)
