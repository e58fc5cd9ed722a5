"""The keys that AWS keeps for its services, where moto knows no name for them."""

from __future__ import annotations

import uuid

from moto.kms.utils import RESERVED_ALIASE_TARGET_KEY_IDS, RESERVED_ALIASES

# AWS: makes a key of the service's name when one is first needed; moto: does so for some services only.
for _service in ("backup", "kinesis", "sns", "sqs"):
    _name = f"alias/aws/{_service}"
    if _name not in RESERVED_ALIASES:
        RESERVED_ALIASES.append(_name)
        RESERVED_ALIASE_TARGET_KEY_IDS[_name] = str(uuid.uuid5(uuid.NAMESPACE_DNS, _name))
