"""The stacks that need no file of their own: every system in every environment."""

from collections.abc import Iterator

from stacks.environments import ENVIRONMENTS
from stacks.settings.identity import STANDBY, Identity
from stacks.settings.load import base
from stacks.systems import SYSTEMS


def stack_names() -> Iterator[str]:
    """`<system>-<environment>`, and that of the second region where the system has one."""
    for system in SYSTEMS:
        for environment in ENVIRONMENTS:
            name = f"{system}-{environment}"
            yield name
            if base(Identity(system, environment)).get("regions", {}).get("standby"):
                yield f"{name}{STANDBY}"
