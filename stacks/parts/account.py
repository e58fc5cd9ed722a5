"""What the environment answers for: its records, what it costs, and who may change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from components.audit import Audit, AuditArgs, Standard
from components.budget import Anomaly, Budget, BudgetArgs, CostTag, Line
from components.ci_roles import CiRoles
from stacks.parts.lookouts import Lookouts
from stacks.settings.root import Settings


@dataclass(frozen=True)
class Answers:
    """None where nothing of the kind was asked for."""

    audit: Audit | None
    budget: Budget | None
    ci: CiRoles | None

    def told(self) -> Mapping[str, object]:
        """Outputs: where records are, and the roles that workflows take."""
        told: dict[str, object] = {}
        if self.audit is not None and self.audit.trail_arn is not None:
            told["trail_arn"] = self.audit.trail_arn
        if self.ci is not None:
            told |= {"preview_role_arn": self.ci.preview_role_arn, "deploy_role_arn": self.ci.deploy_role_arn}
        return told


def answer_for_account(settings: Settings, lookouts: Lookouts, ci: CiRoles | None) -> Answers:
    """The audit and the budget, each if it is asked for; `ci` are the roles of continuous integration."""
    audited = settings.audit.trail or settings.audit.account
    return Answers(
        audit=_audit(settings, lookouts) if audited else None,
        budget=None if settings.budget.monthly_usd is None else _budget(settings, lookouts),
        ci=ci,
    )


def _audit(settings: Settings, lookouts: Lookouts) -> Audit:
    asked, account = settings.audit, settings.audit.account
    args = AuditArgs(
        trail=asked.trail,
        config=account,
        guardduty=account,
        security_hub=account,
        access_analyzer=account,
        retention_days=asked.retention_days,
        log_days=settings.logs.audit_days,
        # Config records IAM in one region of an account only.
        global_types=not settings.standby,
        standards=standards(settings),
        # Changes of policies are among the events that it hears of: each deployment makes some.
        alarm_topic_arn=lookouts.alarms.warning_topic_arn if asked.trail else None,
        finding_emails=settings.alarms.critical_emails if account else (),
        force_destroy=settings.storage.force_destroy,
        protect=settings.protection.enabled,
        tags=settings.all_tags,
    )
    return Audit(f"{settings.prefix}-audit", args)


def standards(settings: Settings) -> tuple[Standard, ...]:
    """What Security Hub checks."""
    asked = (Standard.PCI_DSS,) if "pci-dss" in settings.compliance.standards else ()
    return (Standard.BEST_PRACTICES, Standard.CIS_3, *asked)


def _budget(settings: Settings, lookouts: Lookouts) -> Budget:
    asked = settings.budget
    assert asked.monthly_usd is not None
    args = BudgetArgs(
        monthly_usd=asked.monthly_usd - sum(asked.elsewhere_usd.values()),
        cost_tag=CostTag(key="Stack", value=settings.whole),
        lines={
            name: Line(monthly_usd=line.monthly_usd, services=line.services)
            for name, line in asked.lines.items()
        },
        emails=asked.emails,
        topic_arn=None if asked.emails else lookouts.alarms.warning_topic_arn,
        anomaly=None if asked.unusual_usd is None else Anomaly(min_usd=asked.unusual_usd),
        tags=settings.all_tags,
    )
    return Budget(f"{settings.prefix}-budget", args)
