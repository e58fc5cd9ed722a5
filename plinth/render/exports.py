"""Environment variables as lines for a shell to evaluate."""

import shlex
from collections.abc import Iterable, Iterator, Mapping


def export_lines(to_set: Mapping[str, str], to_remove: Iterable[str]) -> Iterator[str]:
    """POSIX shell; quoted, so that any value survives."""
    yield "# SIMULATED: pulumi, aws and boto3 of this shell talk to the simulated cloud"
    for name in to_remove:
        yield f"unset {name}"
    for name, value in to_set.items():
        yield f"export {name}={shlex.quote(value)}"
