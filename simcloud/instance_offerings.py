"""Which instance types each zone offers, read when somebody asks: moto reads the tables of all regions at import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.utilities import utils

_load_resource = utils.load_resource


class Offerings(list[dict[str, Any]]):
    """One table of moto's: `path` is `…/instance_type_offerings/<kind of place>/<region>.json`."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._is_imported = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        # The first pass is moto's own, while it is imported; all it does is to write down the kind of place.
        if not self._is_imported:
            self._is_imported = True
            return iter(())
        if not len(self):
            kind = self._path.split("/")[-2]
            self.extend({**offered, "LocationType": kind} for offered in _load_resource(self._path))
        return super().__iter__()


def read_late() -> None:
    """Take effect; must be called before `moto.ec2` is imported."""
    replacement: Any = _load
    utils.load_resource = replacement


def _load(path: str) -> Any:
    return Offerings(path) if "/instance_type_offerings/" in path else _load_resource(path)
