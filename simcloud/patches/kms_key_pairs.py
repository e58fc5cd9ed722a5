"""Key pairs of KMS that a restart does not change."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from moto.kms.models import Key
from moto.kms.utils import ECDSAPrivateKey, KeySpec

from simcloud.patches import around


@around(Key)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """AWS: a key pair stays; moto: makes one by chance, another after a restart. This one follows from the key's id."""
    original(self, *args, **kwargs)
    if self.key_spec in KeySpec.ecc_key_specs():
        self.private_key = _follows_from(self.key_spec, self.id)


def _follows_from(spec: str, identity: str) -> ECDSAPrivateKey:
    pair: Any = ECDSAPrivateKey(spec)
    curve = pair.private_key.curve
    number = int.from_bytes(hashlib.shake_256(identity.encode()).digest(curve.key_size // 8))
    # One bit less than the curve has is below its order, whichever curve it is.
    pair.private_key = ec.derive_private_key(number >> 1 or 1, curve)
    return pair  # type: ignore[no-any-return]
