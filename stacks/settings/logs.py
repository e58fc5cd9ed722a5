from stacks.settings.field import setting
from stacks.settings.kinds import LogDays
from stacks.settings.section import Section


class Logs(Section):
    """How long log groups keep their events."""

    application_days: LogDays = setting("Logs of the application", example=30, unit="days")
    audit_days: LogDays = setting("Who did what in the application", example=90, unit="days")
    network_days: LogDays = setting("Flow logs of the VPC", example=30, unit="days")
    firewall_days: LogDays = setting("Requests seen by the web application firewall", example=30, unit="days")
    mask_personal_data: bool = setting(
        "Whether CloudWatch masks e-mail addresses, credit card numbers and the like in the application's logs",
        example=True,
        default=False,
    )
