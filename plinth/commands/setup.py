"""`plinth setup`."""

import signal
from typing import Annotated

import typer

from plinth.commands.frame import framed, tell

PathOnly = Annotated[bool, typer.Option("--path", help="Print the engine's path and nothing else.")]


def setup(path_only: PathOnly = False) -> None:
    """Get the Pulumi engine ready: from PATH, the cache, the vendor's download or Go modules."""
    with framed("setup"):
        from plinth.engine.acquire import acquire
        from plinth.engine.acquire_plan import describe

        # Ended from outside, we still end what we have started.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        engine = acquire()
        tell(str(engine.pulumi) if path_only else describe(engine.origin, engine.version, engine.pulumi))
