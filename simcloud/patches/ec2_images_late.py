"""Machine images are made when somebody asks for one: moto makes 1,300 with every region, in half a second."""

from __future__ import annotations

import random
import zlib
from typing import Any

from moto.ec2.models.amis import AmiBackend
from moto.moto_api._internal import mock_random

from simcloud.patches import around

_PENDING, _MADE = "_images_pending", "_images"


@around(AmiBackend)
def _load_amis(original: Any, self: Any) -> None:
    """AWS: nothing to compare; moto: loads them with the region."""
    vars(self)[_PENDING] = original


def _images(self: Any) -> dict[str, Any]:
    load = vars(self).pop(_PENDING, None)
    if load is not None:
        _load(load, self)
    found: dict[str, Any] = vars(self)[_MADE]
    return found


def _load(load: Any, backend: Any) -> None:
    """With ids from a seed of its own: who asks first must not change what others are called; see core.py."""
    states = random.getstate(), mock_random.getstate()
    seed = zlib.crc32(f"images/{backend.account_id}/{backend.region_name}".encode())
    random.seed(seed)
    mock_random.seed(seed)
    try:
        load(backend)
    finally:
        random.setstate(states[0])
        mock_random.setstate(states[1])


def _set_images(self: Any, images: dict[str, Any]) -> None:
    vars(self)[_MADE] = images


_backend: Any = AmiBackend
_backend.amis = property(_images, _set_images)
