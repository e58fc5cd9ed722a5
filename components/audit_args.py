"""What an account writes down about itself, and who hears of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi

from components.audit_rules import RULES, ConfigRule
from components.bucket import Bucket, LogWriter


class Standard(StrEnum):
    """What Security Hub checks an account against."""

    BEST_PRACTICES = "aws-foundational-security-best-practices/v/1.0.0"
    CIS_3 = "cis-aws-foundations-benchmark/v/3.0.0"
    CIS_5 = "cis-aws-foundations-benchmark/v/5.0.0"
    PCI_DSS = "pci-dss/v/4.0.1"
    NIST_800_53 = "nist-800-53/v/5.0.0"


class Feature(StrEnum):
    """What GuardDuty reads besides the trail, the flow logs and the queries of names."""

    S3 = "S3_DATA_EVENTS"
    DATABASE_LOGINS = "RDS_LOGIN_EVENTS"
    LAMBDA = "LAMBDA_NETWORK_LOGS"
    MALWARE = "EBS_MALWARE_PROTECTION"
    RUNTIME = "RUNTIME_MONITORING"


@dataclass(frozen=True, kw_only=True)
class AuditArgs:
    """Everything is on; switch off what the account (or its organisation) has already, for AWS allows one of each.

    `bucket` is one that takes the records instead of making one, such as that of a log archive: it keeps its own
    lifecycle, and must let CloudTrail and Config write. The log bucket keeps objects for `retention_days`, CloudWatch
    those of the trail for `log_days`. `data_event_bucket_arns` are buckets of which every read and write is recorded,
    for a fee; `insights` lets CloudTrail look for unusual rates of calls, for a fee. `kms_key_arn` must let
    CloudTrail use it. `global_types` lets Config record IAM; on in one region of an account only.
    `unused_access_days` also finds roles and keys that nobody used for so long, for a fee. `alarm_topic_arn` hears of
    the events that the CIS benchmark names; `finding_emails` of findings of high and critical severity.
    """

    trail: bool = True
    config: bool = True
    guardduty: bool = True
    security_hub: bool = True
    access_analyzer: bool = True
    bucket: Bucket | None = None
    retention_days: int = 365
    log_days: int = 90
    kms_key_arn: pulumi.Input[str] | None = None
    data_event_bucket_arns: Sequence[pulumi.Input[str]] = ()
    insights: bool = False
    global_types: bool = True
    rules: Sequence[ConfigRule] = RULES
    features: Sequence[Feature] = (Feature.S3, Feature.DATABASE_LOGINS, Feature.LAMBDA, Feature.RUNTIME)
    standards: Sequence[Standard] = (Standard.BEST_PRACTICES, Standard.CIS_3)
    config_elsewhere: bool = False
    unused_access_days: int | None = None
    alarm_topic_arn: pulumi.Input[str] | None = None
    finding_emails: Sequence[str] = ()
    force_destroy: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def writers(self) -> Sequence[LogWriter]:
        """Who delivers into the log bucket."""
        return [
            *([LogWriter.CLOUDTRAIL] if self.trail else []),
            *([LogWriter.CONFIG] if self.config else []),
        ]
