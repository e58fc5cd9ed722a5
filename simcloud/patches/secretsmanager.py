"""Secrets Manager as AWS answers it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.secretsmanager.exceptions import InvalidParameterException, InvalidRequestException
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend, secretsmanager_backends

from simcloud.patches import around


@around(SecretsManagerBackend)
def rotate_secret(original: Any, self: Any, secret_id: str, **options: Any) -> Any:
    """AWS: keeps the whole schedule, and the function moves AWSPENDING on; moto: the days only, and none runs.

    So the value that was given out before still is. AWS lets the first rotation make the first value; moto fails on a
    secret without one.
    """
    current = getattr(self.secrets.get(secret_id), "default_version_id", None)
    with _some_version(self.secrets.get(secret_id)):
        answer = original(self, secret_id, **options)
    secret = self.secrets[secret_id]
    rules = options.get("rotation_rules") or {}
    if rules:
        secret.rotation_rules = dict(rules)
        secret.rotation_enabled = True
    for version in [
        key for key, value in secret.versions.items() if value["version_stages"] == ["AWSPENDING"]
    ]:
        del secret.versions[version]
    if secret.default_version_id not in secret.versions:
        secret.default_version_id = current
    return answer


@around(FakeSecret)
def to_dict(original: Any, self: Any) -> Any:
    """AWS: tells duration and schedule of the rotation; moto: tells the days only."""
    answer = original(self)
    if self.rotation_requested and getattr(self, "rotation_rules", None):
        answer["RotationRules"] = self.rotation_rules
    return answer


@around(SecretsManagerBackend)
def cancel_rotate_secret(original: Any, self: Any, secret_id: str) -> Any:
    """AWS: cancels the rotation of any secret that rotates; moto: asks for a function."""
    secret = self.secrets.get(secret_id)
    if secret is None or secret.is_deleted() or not secret.rotation_enabled:
        return original(self, secret_id)
    secret.rotation_enabled = False
    return secret.to_short_dict()


@around(SecretsManagerBackend)
def create_secret(original: Any, self: Any, name: str, *args: Any, **options: Any) -> Any:
    """AWS: says that the name is blocked by a secret that waits for its deletion; moto: that it exists."""
    held = self.secrets.get(name)
    if held is not None and held.is_deleted():
        raise InvalidRequestException(
            "You can't create this secret because a secret with this name is already scheduled for deletion."
        )
    return original(self, name, *args, **options)


@around(FakeSecret)
def create_replicas(original: Any, self: Any, replica_regions: Any, force_overwrite: bool) -> Any:
    """AWS: knows its regions, and a replica has its own key; moto: fails on an unknown one, and forgets the key."""
    for given in replica_regions:
        if given["Region"] not in secretsmanager_backends[self.account_id].regions:
            raise InvalidParameterException("Invalid replica region.")
    replicas = original(self, replica_regions, force_overwrite=force_overwrite)
    for replica, given in zip(replicas, replica_regions, strict=True):
        replica.config["KmsKeyId"] = given.get("KmsKeyId") or replica.config["KmsKeyId"]
    return replicas


@contextmanager
def _some_version(secret: FakeSecret | None) -> Iterator[None]:
    """For the while, an empty secret has a version; what is left of it afterwards is nothing."""
    if secret is None or secret.is_deleted() or secret.versions:
        yield
        return
    default = secret.default_version_id
    secret.versions["none"] = {"createdate": 0, "version_id": "none", "version_stages": []}
    try:
        yield
    finally:
        secret.versions.clear()
        secret.default_version_id = default
