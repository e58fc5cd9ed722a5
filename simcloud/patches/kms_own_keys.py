"""The keys that AWS keeps for its services."""

from __future__ import annotations

import random
import uuid
import zlib
from typing import Any

from moto.kms.models import KmsBackend
from moto.kms.utils import RESERVED_ALIASE_TARGET_KEY_IDS, RESERVED_ALIASES
from moto.moto_api._internal import mock_random

from simcloud.patches import around

# AWS: makes a key of the service's name when one is first needed; moto: does so for some services only.
for _service in ("backup", "kinesis", "sns", "sqs"):
    _name = f"alias/aws/{_service}"
    if _name not in RESERVED_ALIASES:
        RESERVED_ALIASES.append(_name)
        RESERVED_ALIASE_TARGET_KEY_IDS[_name] = str(uuid.uuid5(uuid.NAMESPACE_DNS, _name))


@around(KmsBackend)
def _generate_default_keys(original: Any, self: Any, alias_name: str) -> Any:
    """AWS: a service's key is always the same; moto: its id depends on who asks first, be it a reader."""
    states = random.getstate(), mock_random.getstate()
    seed = zlib.crc32(f"{alias_name}/{self.account_id}/{self.region_name}".encode())
    random.seed(seed)
    mock_random.seed(seed)
    try:
        return original(self, alias_name)
    finally:
        random.setstate(states[0])
        mock_random.setstate(states[1])
