"""Arguments that several commands share."""

from typing import Annotated

import typer

Stack = Annotated[
    str, typer.Argument(metavar="STACK", help="A stack, with a file or without: dev, muejam-library-staging.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
