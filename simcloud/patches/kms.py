"""KMS as AWS answers it."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

from moto.kms import models
from moto.kms.models import Key
from moto.kms.responses import KmsResponse
from moto.kms.utils import AbstractPrivateKey, generate_private_key

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
    # What was encrypted before a restart can be decrypted after it: the key's bytes follow from its id.
    self.key_material = hashlib.sha256(self.id.encode()).digest()


class _OnDemand(AbstractPrivateKey):
    """A key pair that is generated when it is first used."""

    def __init__(self, key_spec: str) -> None:
        self._key_spec = key_spec

    @cached_property
    def _made(self) -> AbstractPrivateKey:
        return generate_private_key(self._key_spec)

    def sign(self, message: bytes, signing_algorithm: str) -> bytes:
        return self._made.sign(message, signing_algorithm)

    def verify(self, message: bytes, signature: bytes, signing_algorithm: str) -> bool:
        return self._made.verify(message, signature, signing_algorithm)

    def public_key(self) -> bytes:
        return self._made.public_key()


# AWS: a symmetric key has no key pair; moto: generates one for every key, 30 ms each.
_models: Any = models
_models.generate_private_key = _OnDemand
