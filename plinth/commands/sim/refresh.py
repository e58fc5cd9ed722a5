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
    """Correct the record where someone changed the simulated cloud behind the engine's back."""
    with framed("sim refresh", as_json=as_json):
        operate(context, REFRESH, environment, as_json=as_json, expect_no_changes=expect_no_changes)
