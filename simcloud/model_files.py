"""The service models of botocore, parsed once for the whole process.

botocore parses a file anew for every session, into ordered dictionaries; moto opens sessions of its own. Plain
dictionaries keep the order as well and take a third of the memory.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from botocore.loaders import JSONFileLoader, Loader


class SharedFiles(JSONFileLoader):
    """Reads each file once."""

    def load_file(self, file_path: str) -> Any:
        """The parsed file, or None if there is none; `file_path` has no extension, as botocore wants it."""
        return _parsed(file_path)


@cache
def _parsed(path: str) -> Any:
    plain, packed = Path(f"{path}.json"), Path(f"{path}.json.gz")
    if plain.is_file():
        return json.loads(plain.read_bytes())
    return json.loads(gzip.decompress(packed.read_bytes())) if packed.is_file() else None


def share() -> None:
    """Let every loader of this process, moto's too, use the shared files."""
    loader: Any = Loader
    loader.FILE_LOADER_CLASS = SharedFiles
