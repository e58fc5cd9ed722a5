"""`plinth sim up`."""

import typer

from plinth.commands.frame import framed
from plinth.commands.sim.operate import operate
from plinth.commands.sim.options import AsJson, Environment, ExpectNoChanges
from plinth.engine.operation import UP


def up(
    context: typer.Context,
    environment: Environment = "dev",
    expect_no_changes: ExpectNoChanges = False,
    as_json: AsJson = False,
) -> None:
    """Deploy an environment and show the result.

    Starts the simulated cloud if need be. Ends with 4 if a resource fails, with 5 if a mandatory policy
    is violated, with 2 if the configuration is refused.
    """
    with framed("sim up", as_json=as_json):
        operate(context, UP, environment, as_json=as_json, expect_no_changes=expect_no_changes)
