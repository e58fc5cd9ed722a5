"""`plinth config schema`."""

from plinth.commands.frame import framed, tell


def schema() -> None:
    """Print the JSON schema of stack files, by which editors complete and check them."""
    with framed("config schema"):
        from stacks.settings.json_schema import text

        tell(text().rstrip())
