"""Arguments that several commands share, and the seams that tests fill with twins."""

from typing import Annotated

import typer

from plinth.engine.session import Tools

Environment = Annotated[str, typer.Argument(metavar="ENV", help="The environment: any stack name.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON document; everything else goes to stderr.")
]
ExpectNoChanges = Annotated[bool, typer.Option("--expect-no-changes", help="End with 7 if anything changes.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def tools_of(context: typer.Context) -> Tools:
    """The real outside world, unless a test handed in another."""
    return context.obj if isinstance(context.obj, Tools) else Tools()
