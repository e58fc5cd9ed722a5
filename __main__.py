"""Settings in, one stack out."""

import pulumi

from stacks.assemble import assemble
from stacks.configuration import configured
from stacks.settings.errors import ConfigurationError


def main() -> None:
    """Make the selected stack; a wrong configuration is told in words, before anything is created."""
    try:
        settings = configured()
    except ConfigurationError as error:
        raise pulumi.RunError(str(error)) from None
    for name, value in assemble(settings).items():
        pulumi.export(name, value)


main()
