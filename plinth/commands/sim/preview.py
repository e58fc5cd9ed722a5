"""`plinth sim preview`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.operate import operate
from plinth.commands.sim.options import AsJson, Environment, ExpectNoChanges
from plinth.engine.operation import PREVIEW


def preview(
    context: typer.Context,
    environment: Environment = "dev",
    expect_no_changes: ExpectNoChanges = False,
    as_json: AsJson = False,
) -> None:
    """Show what an up would change, and which policies it would violate."""
    with framed("sim preview", as_json=as_json):
        operate(context, PREVIEW, environment, as_json=as_json, expect_no_changes=expect_no_changes)
