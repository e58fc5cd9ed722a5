"""`plinth sim refresh`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.operate import operate
from plinth.commands.sim.options import AsJson, Environment, ExpectNoChanges
from plinth.engine.operation import REFRESH


def refresh(
    context: typer.Context,
    environment: Environment = "dev",
    expect_no_changes: ExpectNoChanges = False,
    as_json: AsJson = False,
) -> None:
    """Find what changed behind the engine's back.

    Corrects the engine's record, not the cloud: the next up puts back what the program declares.
    """
    with framed("sim refresh", as_json=as_json):
        operate(context, REFRESH, environment, as_json=as_json, expect_no_changes=expect_no_changes)
