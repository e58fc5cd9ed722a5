"""The keys that AWS keeps for its services."""

from __future__ import annotations

import uuid
from typing import Any

from moto.kms.models import KmsBackend
from moto.kms.utils import RESERVED_ALIASE_TARGET_KEY_IDS, RESERVED_ALIASES

from simcloud.own_ids import own_ids
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
    with own_ids(f"{alias_name}/{self.account_id}/{self.region_name}"):
        return original(self, alias_name)
