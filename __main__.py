"""Settings in, one stack out."""

import pulumi

from stacks.configuration import configured
from stacks.settings.errors import ConfigurationError


def main() -> None:
    """Make the selected stack; a wrong configuration is told in words, before anything is created."""
    try:
        settings = configured()
    except ConfigurationError as error:
        raise pulumi.RunError(str(error)) from None
    # The AWS SDK takes seconds to load, and whoever mistyped a setting should not wait for it.
    from stacks.assemble import assemble

    for name, value in assemble(settings).items():
        pulumi.export(name, value)


main()
