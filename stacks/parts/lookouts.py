"""Who hears of what, and where it is shown: made early, so that everything later can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import pulumi
import pulumi_aws as aws

from components.alarms import Alarms, AlarmsArgs, Escalation, Thresholds
from components.observability import LogGroupArgs, Observability, ObservabilityArgs
from components.uptime_metrics import REGION
from stacks.parts.ground import Ground
from stacks.parts.numbers import metric_namespace
from stacks.settings.root import Settings
from stacks.settings.variables import audit_log_group


@dataclass(frozen=True)
class Lookouts:
    """`alarms` with their topics, and `board`, the dashboard, with the audit log.

    `far` are the alarms for what is told in us-east-1 only: the same as `alarms` if the stack is there, None if nothing
    of the kind is watched.
    """

    alarms: Alarms
    board: Observability
    far: Alarms | None

    def told(self) -> Mapping[str, object]:
        """Outputs: where people and programs subscribe, and what they look at."""
        return {
            "critical_topic_arn": self.alarms.critical_topic_arn,
            "warning_topic_arn": self.alarms.warning_topic_arn,
            "dashboard_name": self.board.dashboard_name,
        }


def post_lookouts(settings: Settings, ground: Ground) -> Lookouts:
    """The topics, an empty dashboard, and the log of who did what."""
    if warning := unheard(settings):
        pulumi.log.warn(warning)
    args = _alarms(settings, ground)
    alarms = Alarms(f"{settings.prefix}-alarms", args)
    return Lookouts(alarms=alarms, board=_board(settings, ground), far=_far(settings, alarms, args))


def unheard(settings: Settings) -> str | None:
    """The warning that alarms would ring where nobody hears them."""
    alarms = settings.alarms
    if alarms.level == "basic" or alarms.critical_emails or alarms.pager_secret_arn:
        return None
    return (
        "alarms.critical_emails is empty: the critical alarms of this environment reach nobody. Fix: list addresses "
        "below plinth:overrides"
    )


def thresholds(settings: Settings) -> Thresholds:
    """The numbers of the settings; alarms fire at them, and the dashboard draws them."""
    return Thresholds(**{limit.name: getattr(settings.alarms, limit.name) for limit in fields(Thresholds)})


def _alarms(settings: Settings, ground: Ground) -> AlarmsArgs:
    return AlarmsArgs(
        critical_emails=settings.alarms.critical_emails,
        critical_urls=_pager(settings),
        warning_emails=settings.alarms.warning_emails,
        escalation=_escalation(settings),
        thresholds=thresholds(settings),
        kms_key_arn=ground.key.arn,
        tags=settings.all_tags,
    )


def _pager(settings: Settings) -> Sequence[pulumi.Output[str]]:
    """Read, not told: whoever knows the address can page."""
    arn = settings.alarms.pager_secret_arn
    if arn is None:
        return ()
    return (pulumi.Output.secret(aws.secretsmanager.get_secret_version_output(secret_id=arn).secret_string),)


def _escalation(settings: Settings) -> Escalation | None:
    asked = settings.alarms.escalation
    return None if asked is None else Escalation(emails=asked.emails, after_minutes=asked.after_minutes)


def _far(settings: Settings, alarms: Alarms, args: AlarmsArgs) -> Alarms | None:
    """More topics, with a key of their own, for the same people: an alarm tells a topic of its own region only."""
    if not settings.watching.uptime_check:
        return None
    if settings.region == REGION:
        return alarms
    return Alarms(f"{settings.prefix}-global-alarms", replace(args, kms_key_arn=None, region=REGION))


def _board(settings: Settings, ground: Ground) -> Observability:
    args = ObservabilityArgs(
        dashboard_name=settings.prefix,
        metric_namespace=metric_namespace(settings),
        log_groups=_audit_log(settings),
        thresholds=thresholds(settings),
        kms_key_arn=ground.key.arn,
        tags=settings.all_tags,
    )
    return Observability(f"{settings.prefix}-observability", args)


def _audit_log(settings: Settings) -> Sequence[LogGroupArgs]:
    """It outlives a protected environment, and goes with one that must be easy to rebuild."""
    if not settings.application.audit_log:
        return ()
    name, days = audit_log_group(settings), settings.logs.audit_days
    return (LogGroupArgs(name=name, retention_days=days, keep=settings.protection.enabled),)
