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
    """Show what an up would change.

    Destructive changes first, with the property that forces a replacement; policies are checked too.
    """
    with framed("sim preview", as_json=as_json):
        operate(context, PREVIEW, environment, as_json=as_json, expect_no_changes=expect_no_changes)
