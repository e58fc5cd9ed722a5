"""Machine images are made when somebody asks for one: moto makes 1,300 with every region, in half a second."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.amis import AmiBackend

from simcloud.own_ids import own_ids
from simcloud.patches import around

_PENDING, _MADE = "_images_pending", "_images"


@around(AmiBackend)
def _load_amis(original: Any, self: Any) -> None:
    """AWS: nothing to compare; moto: loads them with the region."""
    vars(self)[_PENDING] = original


def _images(self: Any) -> dict[str, Any]:
    load = vars(self).pop(_PENDING, None)
    if load is not None:
        with own_ids(f"images/{self.account_id}/{self.region_name}"):
            load(self)
    found: dict[str, Any] = vars(self)[_MADE]
    return found


def _set_images(self: Any, images: dict[str, Any]) -> None:
    vars(self)[_MADE] = images


_backend: Any = AmiBackend
_backend.amis = property(_images, _set_images)
