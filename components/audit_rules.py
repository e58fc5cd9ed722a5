"""What AWS Config holds every resource against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ConfigRule:
    """One of AWS's managed rules, by its identifier, with its parameters."""

    identifier: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The identifier as part of a name."""
        return self.identifier.lower().replace("_", "-")


def _rules(*identifiers: str) -> tuple[ConfigRule, ...]:
    return tuple(ConfigRule(identifier=identifier) for identifier in identifiers)


# AWS: Config Developer Guide, "List of AWS Config Managed Rules"; per reference notes.
RULES = (
    *_rules(
        "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK",
        "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
        "CMK_BACKING_KEY_ROTATION_ENABLED",
        "DB_INSTANCE_BACKUP_ENABLED",
        "ENCRYPTED_VOLUMES",
        "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
        "IAM_ROOT_ACCESS_KEY_CHECK",
        "INCOMING_SSH_DISABLED",
        "MULTI_REGION_CLOUD_TRAIL_ENABLED",
        "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
        "RDS_SNAPSHOTS_PUBLIC_PROHIBITED",
        "RDS_STORAGE_ENCRYPTED",
        "ROOT_ACCOUNT_MFA_ENABLED",
        "S3_BUCKET_PUBLIC_READ_PROHIBITED",
        "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
        "S3_BUCKET_SSL_REQUESTS_ONLY",
        "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
        "VPC_FLOW_LOGS_ENABLED",
    ),
    ConfigRule(identifier="ACCESS_KEYS_ROTATED", parameters={"maxAccessKeyAge": "90"}),
)
"""What holds for every environment of ours; who fails one of them changed it by hand."""
