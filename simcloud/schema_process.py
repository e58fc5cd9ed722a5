"""Reads the schemas of a large provider's types in a process that then ends, and its memory with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from simcloud.schema import document_of, read_from_package


def documents(token: str) -> Mapping[str, Any]:
    """The schemas of all types that simcloud has of the package of `token`, as JSON; read once in a process.

    Raises KeyError if the package has no such type.
    """
    return _read(token.split(":", 1)[0])


@cache
def _read(package: str) -> Mapping[str, Any]:
    from simcloud.registry import tokens

    wanted = [token for token in tokens() if token.startswith(f"{package}:")]
    reader = [sys.executable, "-m", "simcloud.schema_process", *wanted]
    done = subprocess.run(reader, capture_output=True, text=True, check=True)
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def main(tokens: list[str]) -> None:
    """Print the schemas of `tokens`."""
    sys.stdout.write(json.dumps({token: document_of(read_from_package(token)) for token in tokens}))


if __name__ == "__main__":
    main(sys.argv[1:])
