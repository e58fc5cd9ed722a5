"""What happens in an account, written down, checked against rules, and told when it matters."""

from __future__ import annotations

import pulumi

from components import account
from components.audit_alarms import make_audit_alarms
from components.audit_args import AuditArgs, Feature, Standard
from components.audit_checks import check_audit
from components.audit_config import make_config
from components.audit_detection import make_analyzers, make_guardduty, make_security_hub
from components.audit_findings import mail_findings
from components.audit_rules import RULES, ConfigRule
from components.audit_trail import make_trail
from components.bucket import Bucket, BucketArgs, Purpose
from components.key import Key, KeyArgs, KeyUser

__all__ = ["RULES", "Audit", "AuditArgs", "ConfigRule", "Feature", "Standard"]


class Audit(pulumi.ComponentResource):
    """CloudTrail, Config, GuardDuty, Security Hub and Access Analyzer of one account and region, each switchable.

    `bucket` is None, and so are the ARNs, where what they belong to is switched off.
    """

    component_name: str
    bucket: Bucket | None
    trail_arn: pulumi.Output[str] | None
    log_group_name: pulumi.Output[str] | None
    detector_id: pulumi.Output[str] | None
    findings_topic_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: AuditArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_audit(name, args)
        super().__init__("plinth:audit:Audit", name, {}, opts)
        self.component_name, self._args = name, args
        self._here = account.current(self)
        self._record()
        self.detector_id = make_guardduty(self, name, args) if args.guardduty else None
        if args.security_hub:
            make_security_hub(self, name, args, self._here)
        if args.access_analyzer:
            make_analyzers(self, name, args)
        self.register_outputs({"trail_arn": self.trail_arn, "detector_id": self.detector_id})

    def _record(self) -> None:
        """What is written, and the mails that share its key."""
        args, name = self._args, self.component_name
        self.bucket = self.trail_arn = self.log_group_name = self.findings_topic_arn = None
        if not (args.trail or args.config or args.finding_emails):
            return
        key_arn = self._key_arn()
        if args.trail or args.config:
            self.bucket = self._bucket(key_arn)
        if args.trail and self.bucket:
            self._follow(self.bucket, key_arn)
        if args.config and self.bucket:
            make_config(self, name, args, self._here, bucket=self.bucket, kms_key_arn=key_arn)
        if args.finding_emails:
            self.findings_topic_arn = mail_findings(self, name, args, key_arn)

    def _follow(self, bucket: Bucket, key_arn: pulumi.Input[str]) -> None:
        args, name = self._args, self.component_name
        trail = make_trail(self, name, args, self._here, bucket=bucket, kms_key_arn=key_arn)
        self.trail_arn, self.log_group_name = trail.arn, trail.log_group_name
        if args.alarm_topic_arn is not None:
            make_audit_alarms(self, name, trail.log_group_name, args.alarm_topic_arn, args.tags)

    def _key_arn(self) -> pulumi.Input[str]:
        args, name = self._args, self.component_name
        if args.kms_key_arn is not None:
            return args.kms_key_arn
        key = KeyArgs(
            alias=name,
            description=f"Records of {name}",
            users=[KeyUser.TRAILS, KeyUser.EVENTS],
            protect=args.protect,
            tags=args.tags,
        )
        return Key(f"{name}-key", key, pulumi.ResourceOptions(parent=self)).arn

    def _bucket(self, key_arn: pulumi.Input[str]) -> Bucket:
        args = self._args
        if args.bucket is not None:
            return args.bucket
        logs = BucketArgs(
            purpose=Purpose.LOGS,
            kms_key_arn=key_arn,
            log_writers=args.writers,
            expire_days=args.retention_days,
            force_destroy=args.force_destroy,
            protect=args.protect,
            tags=args.tags,
        )
        return Bucket(self.component_name, logs, pulumi.ResourceOptions(parent=self))
