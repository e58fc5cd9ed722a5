"""Reboots that change the zone of a Multi-AZ instance, as when its primary is lost."""

from __future__ import annotations

from typing import Any

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.responses import RDSResponse

from simcloud.patches import around


@around(RDSResponse)
def reboot_db_instance(original: Any, self: Any) -> Any:
    """AWS: ForceFailover makes the standby the primary, under the same name; moto: reboots nothing."""
    if self.params.get("ForceFailover"):
        _fail_over(self.backend.describe_db_instances(self.params.get("DBInstanceIdentifier"))[0])
    return original(self)


def _fail_over(instance: Any) -> None:
    # AWS: RDS user guide, "Rebooting a DB instance", and API reference, RebootDBInstance, read 2026-11; the words of
    # the refusal from memory, not verified.
    if not instance.multi_az:
        raise InvalidParameterCombination(
            "Cannot reboot with failover on DB instances not configured for MultiAZ."
        )
    instance.availability_zone, instance.secondary_availability_zone = (
        instance.secondary_availability_zone,
        instance.availability_zone,
    )
