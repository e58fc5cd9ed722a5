"""AWS Backup's vaults as AWS answers them."""

from __future__ import annotations

import json
from typing import Any

from moto.backup import urls
from moto.backup.exceptions import InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend, Vault
from moto.backup.responses import BackupResponse
from moto.kms.models import kms_backends

from simcloud.patches import adds, around


@around(Vault)
def __init__(original: Any, self: Any, **given: Any) -> None:
    """AWS: a vault without a key of its own has AWS's, and says that it is empty; moto: none, and does not say."""
    key = given["encryption_key_arn"] or _own_key(given["backend"])
    original(self, **{**given, "encryption_key_arn": key})
    self.number_of_recovery_points = 0
    self.access_policy = None


def _own_key(backend: Any) -> str:
    keys = kms_backends[backend.account_id][backend.region_name]
    arn: str = keys.describe_key("alias/aws/backup").arn
    return arn


@around(BackupBackend)
def delete_backup_vault(original: Any, self: Any, backup_vault_name: str) -> None:
    """AWS: the default vault stays; moto: it goes."""
    if backup_vault_name == "Default":
        raise InvalidRequestException("The default backup vault cannot be deleted.")
    original(self, backup_vault_name)


@adds(BackupResponse)
def put_backup_vault_access_policy(self: Any) -> str:
    """AWS: keeps who may use a vault; moto: not implemented."""
    _vault(self).access_policy = json.loads(self.body).get("Policy")
    return "{}"


@adds(BackupResponse)
def get_backup_vault_access_policy(self: Any) -> str:
    """AWS: tells it; moto: not implemented."""
    vault = _vault(self)
    if vault.access_policy is None:
        raise ResourceNotFoundException(f"Backup vault {vault.backup_vault_name} has no access policy.")
    return json.dumps(
        {
            "BackupVaultName": vault.backup_vault_name,
            "BackupVaultArn": vault.backup_vault_arn,
            "Policy": vault.access_policy,
        }
    )


@adds(BackupResponse)
def delete_backup_vault_access_policy(self: Any) -> str:
    """AWS: forgets it; moto: not implemented."""
    _vault(self).access_policy = None
    return "{}"


def _vault(response: Any) -> Any:
    return response.backup_backend.describe_backup_vault(response.path.split("/")[-2])


urls.url_paths["{0}/backup-vaults/(?P<name>[^/]+)/access-policy$"] = BackupResponse.dispatch
