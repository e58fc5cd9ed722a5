"""KMS as AWS answers it."""

from __future__ import annotations

import json
from typing import Any

from moto.kms.models import Key
from moto.kms.responses import KmsResponse

from simcloud.patches import around


@around(KmsResponse)
def enable_key_rotation(original: Any, self: Any) -> Any:
    """AWS: keeps the period, 365 days unless given; moto: drops it."""
    answer = original(self)
    key = self.kms_backend.keys[self.kms_backend.get_key_id(self._get_param("KeyId"))]
    key.rotation_period_in_days = self._get_param("RotationPeriodInDays") or 365
    return answer


@around(KmsResponse)
def get_key_rotation_status(original: Any, self: Any) -> Any:
    """AWS: tells the period of a rotating key; moto: does not."""
    answer = json.loads(original(self))
    key_id = self.kms_backend.get_key_id(self._get_param("KeyId"))
    if answer["KeyRotationEnabled"]:
        answer["RotationPeriodInDays"] = getattr(
            self.kms_backend.keys[key_id], "rotation_period_in_days", 365
        )
    return json.dumps({"KeyId": key_id, **answer})


@around(Key)
def __init__(original: Any, self: Any, policy: Any, key_usage: Any, *rest: Any, **options: Any) -> None:
    """AWS: a key encrypts and decrypts unless told otherwise, in one region; moto: keeps no value."""
    original(self, policy, key_usage or "ENCRYPT_DECRYPT", *rest, **options)
    self.multi_region = bool(self.multi_region)
