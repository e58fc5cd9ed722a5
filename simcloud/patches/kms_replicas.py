"""Keys in several regions as AWS answers them."""

from __future__ import annotations

import copy
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.kms.exceptions import AlreadyExistsException
from moto.kms.models import KmsBackend, kms_backends
from moto.kms.responses import KmsResponse

from simcloud.patches import around


@around(KmsResponse)
def replicate_key(original: Any, self: Any) -> Any:
    """AWS: one replica a region, of multi-region keys, with its own settings; moto: copies any key, grants and all."""
    region, key_id = self._get_param("ReplicaRegion"), self.kms_backend.get_key_id(self._get_param("KeyId"))
    primary, there = self.kms_backend.keys.get(key_id), kms_backends[self.current_account][region]
    if primary is not None and not primary.multi_region:
        raise JsonRESTError("UnsupportedOperationException", f"{primary.arn} is not a multi-Region key.")
    if key_id in there.keys and there.keys[key_id].key_state != "PendingDeletion":
        raise AlreadyExistsException(f"{key_id} already exists in {region}.")
    answer = original(self)
    _as_replica(there.keys[key_id], primary)
    there.keys[key_id].description = self._get_param("Description") or ""
    there.keys[key_id].policy = self._get_param("Policy") or primary.generate_default_policy()
    if self._get_param("Tags"):
        there.tag_resource(key_id, self._get_param("Tags"))
    _tell_all(self.kms_backend, key_id, primary.multi_region_configuration["ReplicaKeys"])
    return answer


def _as_replica(replica: Any, primary: Any) -> None:
    replica.grants, replica.aliases, replica.rotations = {}, {}, []
    replica.enabled, replica.key_state, replica.deletion_date = True, "Enabled", None
    replica.multi_region_configuration = copy.deepcopy(primary.multi_region_configuration)
    replica.multi_region_configuration["MultiRegionKeyType"] = "REPLICA"


@around(KmsBackend)
def schedule_key_deletion(original: Any, self: Any, key_id: str, pending_window_in_days: int) -> Any:
    """AWS: a primary waits for its replicas to go, and forgets a replica that does; moto: nothing of it."""
    key = self.keys[key_id]
    when = original(self, key_id, pending_window_in_days)
    configuration = getattr(key, "multi_region_configuration", None)
    if configuration is None:
        return when
    primary = configuration["PrimaryKey"]
    if primary["Arn"] != key.arn:
        rest = [one for one in configuration["ReplicaKeys"] if one["Arn"] != key.arn]
        _tell_all(kms_backends[self.account_id][primary["Region"]], key_id, rest)
    elif configuration["ReplicaKeys"]:
        key.key_state = "PendingReplicaDeletion"
    return when


def _tell_all(backend: Any, key_id: str, replicas: list[dict[str, str]]) -> None:
    """Every key of the family knows all the others."""
    for region in {backend.region_name, *(one["Region"] for one in replicas)}:
        key = kms_backends[backend.account_id][region].keys.get(key_id)
        if key is not None:
            key.multi_region_configuration["ReplicaKeys"] = [dict(one) for one in replicas]
            if key.key_state == "PendingReplicaDeletion" and not replicas:
                key.key_state = "PendingDeletion"
