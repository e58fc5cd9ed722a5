"""Backups of an environment: when, of what, for how long, where else, and whether they can be restored."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws
from pulumi_aws.backup import PlanRuleArgsDict as Rule

from components import account, names
from components.account import Account
from components.backup_alarms import job_alarms, make_job_alarm
from components.backup_args import (
    DAILY,
    MONTHLY,
    SCHEDULES,
    WEEKLY,
    BackupArgs,
    RestoreTest,
    Schedule,
    Selection,
    VaultLock,
    VaultLockMode,
)
from components.backup_checks import check_backup
from components.backup_restore_test import plan_name, selection_name, try_restores
from components.backup_vault import check_vault_name, make_vault
from components.iam_policy import trust

__all__ = [
    "DAILY",
    "MONTHLY",
    "SCHEDULES",
    "WEEKLY",
    "Backup",
    "BackupArgs",
    "RestoreTest",
    "Schedule",
    "Selection",
    "VaultLock",
    "VaultLockMode",
]

# AWS: "Managed policies for AWS Backup", Backup Developer Guide; per reference notes.
_POLICIES = {
    "backup": "service-role/AWSBackupServiceRolePolicyForBackup",
    "restore": "service-role/AWSBackupServiceRolePolicyForRestores",
}
_S3_POLICIES = {
    "s3-backup": "AWSBackupServiceRolePolicyForS3Backup",
    "s3-restore": "AWSBackupServiceRolePolicyForS3Restore",
}


class Backup(pulumi.ComponentResource):
    """A plan over an encrypted vault; on request locked, copied to a second region, tested, and watched.

    `copy_vault_arn` is None where nothing is copied.
    """

    component_name: str
    vault_name: pulumi.Output[str]
    vault_arn: pulumi.Output[str]
    copy_vault_arn: pulumi.Output[str] | None
    plan_id: pulumi.Output[str]
    role_arn: pulumi.Output[str]

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_backup(name, args)
        _check_names(name, args)
        super().__init__("plinth:backup:Backup", name, {}, opts)
        self.component_name, self._args = name, args
        self._here = account.current(self)
        self.vault_name, self.vault_arn = self._vault()
        self.copy_vault_arn = self._copy_vault()
        self.role_arn = self._role()
        self.plan_id = self._plan()
        self._select()
        self._test()
        self._watch()
        self.register_outputs({"vault_arn": self.vault_arn, "plan_id": self.plan_id})

    def _vault(self) -> tuple[pulumi.Output[str], pulumi.Output[str]]:
        args = self._args
        if args.existing_vault is not None:
            found = aws.backup.get_vault_output(
                name=args.existing_vault, opts=pulumi.InvokeOutputOptions(parent=self)
            )
            return found.name, found.arn
        vault = make_vault(self, self.component_name, args, kms_key_arn=args.kms_key_arn)
        return vault.name, vault.arn

    def _copy_vault(self) -> pulumi.Output[str] | None:
        args = self._args
        if args.copy_vault_arn is not None:
            return pulumi.Output.concat(args.copy_vault_arn)
        if args.copy_region is None:
            return None
        name = _copy_name(self.component_name)
        return make_vault(self, name, args, kms_key_arn=args.copy_kms_key_arn, region=args.copy_region).arn

    def _role(self) -> pulumi.Output[str]:
        args, name = self._args, self.component_name
        if args.existing_role_arn is not None:
            return pulumi.Output.concat(args.existing_role_arn)
        role = aws.iam.Role(
            names.fit(name, names.ROLE),
            description=f"AWS Backup makes and restores the backups of {name}",
            assume_role_policy=self._here.apply(lambda here: trust("backup.amazonaws.com", here.id)),
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )
        granted = [
            self._attach(role, suffix, path)
            for suffix, path in {**_POLICIES, **(_S3_POLICIES if args.s3 else {})}.items()
        ]
        # Whoever takes the role from here finds it able to work.
        return pulumi.Output.all(role.arn, *[policy.id for policy in granted]).apply(
            lambda all_: str(all_[0])
        )

    def _attach(self, role: aws.iam.Role, suffix: str, path: str) -> aws.iam.RolePolicyAttachment:
        return aws.iam.RolePolicyAttachment(
            f"{self.component_name}-{suffix}",
            role=role.name,
            policy_arn=self._here.apply(lambda here: _managed(here, path)),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _plan(self) -> pulumi.Output[str]:
        plan = aws.backup.Plan(
            names.fit(self.component_name, names.Limit("backup plan name", 50)),
            rules=[self._rule(schedule) for schedule in self._args.schedules],
            tags={**self._args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self),
        )
        return plan.id

    def _rule(self, schedule: Schedule) -> Rule:
        rule: Rule = {
            "rule_name": schedule.name,
            "target_vault_name": self.vault_name,
            "schedule": schedule.cron,
            "start_window": schedule.start_within_minutes,
            "completion_window": schedule.complete_within_minutes,
            "lifecycle": {"delete_after": schedule.keep_days, "cold_storage_after": schedule.cold_after_days},
            "recovery_point_tags": {**self._args.tags, "plinth:schedule": schedule.name},
        }
        if schedule.continuous:
            rule["enable_continuous_backup"] = True
        if schedule.copy and self.copy_vault_arn is not None:
            kept = schedule.copy_keep_days or schedule.keep_days
            rule["copy_actions"] = [
                {
                    "destination_vault_arn": self.copy_vault_arn,
                    "lifecycle": {"delete_after": kept, "cold_storage_after": schedule.cold_after_days},
                }
            ]
        return rule

    def _select(self) -> None:
        for name, selection in self._args.selections.items():
            aws.backup.Selection(
                names.fit(f"{self.component_name}-{name}", names.Limit("backup selection name", 50)),
                plan_id=self.plan_id,
                iam_role_arn=self.role_arn,
                resources=list(selection.arns) or ["*"],
                not_resources=list(selection.except_arns) or None,
                conditions=_tagged(selection),
                opts=pulumi.ResourceOptions(parent=self),
            )

    def _test(self) -> None:
        args = self._args
        if args.restore_test is None:
            return
        try_restores(
            self,
            self.component_name,
            args.restore_test,
            vault_arn=self.vault_arn,
            role_arn=self.role_arn,
            tags=args.tags,
        )

    def _watch(self) -> None:
        args = self._args
        if args.topic_arn is None:
            return
        for alarm in job_alarms(self.component_name, args.missing_after_hours):
            make_job_alarm(self, alarm, self.vault_name, args.topic_arn, args.tags)


def _tagged(selection: Selection) -> list[aws.backup.SelectionConditionArgs] | None:
    if not selection.tags:
        return None
    equals = [
        aws.backup.SelectionConditionStringEqualArgs(key=f"aws:ResourceTag/{key}", value=value)
        for key, value in selection.tags.items()
    ]
    return [aws.backup.SelectionConditionArgs(string_equals=equals)]


def _managed(here: Account, path: str) -> str:
    return f"arn:{here.partition}:iam::aws:policy/{path}"


def _copy_name(name: str) -> str:
    return f"{name}-copy"


def _check_names(where: str, args: BackupArgs) -> None:
    check_vault_name(where, _copy_name(where) if args.copy_region else where)
    if args.restore_test is not None:
        plan_name(where)
        for resource_type in args.restore_test.resource_types:
            selection_name(where, resource_type)
