"""Copies of secrets in other regions as AWS describes them."""

from __future__ import annotations

from typing import Any

from moto.secretsmanager.models import ReplicaSecret

from simcloud.patches import around


@around(ReplicaSecret)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells a replica's own key; moto: the key of the secret that it copies."""
    found: dict[str, Any] = {**original(self), "KmsKeyId": self.config["KmsKeyId"]}
    return found
