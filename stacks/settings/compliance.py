from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Compliance(Section):
    """What the environment has to answer for; becomes the tag Compliance, and what is required below."""

    standards: tuple[Literal["gdpr", "pci-dss", "soc2", "hipaa"], ...] = setting(
        "gdpr: files and logs have an end; pci-dss: Security Hub checks its rules, audit records stay a year; soc2, "
        "hipaa: a trail, and backups",
        example=["gdpr"],
        default=(),
    )
