from stacks.settings.field import setting
from stacks.settings.section import Section


class Audit(Section):
    """What the account writes down about itself."""

    trail: bool = setting("Whether CloudTrail records every call of this region", example=True)
    account: bool = setting(
        "Whether this stack also switches on what an account has once: Config, GuardDuty, Security Hub and "
        "Access Analyzer; what they find of high severity is mailed to alarms.critical_emails",
        example=False,
        default=False,
    )
    retention_days: int = setting("How long the records stay", example=365, unit="days", ge=1, default=365)
