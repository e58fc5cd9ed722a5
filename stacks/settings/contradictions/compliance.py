"""What a standard asks for, and the settings do not do."""

from collections.abc import Iterator

from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

WHERE = "compliance.standards"
# PCI DSS 4.0, requirement 10.5.1: audit logs of twelve months; per general knowledge.
PCI_DAYS = 365
TWO_YEARS_DAYS = 730


def compliance(settings: Settings) -> Iterator[Problem]:
    """Files without an end, rules that nobody checks, records that are not kept, data that cannot come back."""
    standards = settings.compliance.standards
    if "gdpr" in standards and settings.storage.expire_days is None:
        yield _asks(
            "gdpr",
            "storage.expire_days",
            "uploaded files stay for good",
            "an end for what people left",
            TWO_YEARS_DAYS,
        )
    if "pci-dss" in standards:
        yield from _pci(settings)
    for standard in standards:
        if standard in ("soc2", "hipaa"):
            yield from _trail_and_backups(settings, standard)


def _pci(settings: Settings) -> Iterator[Problem]:
    if not settings.audit.account:
        yield _asks(
            "pci-dss", "audit.account", "nobody checks its rules", "Security Hub, which does", value=True
        )
    if settings.audit.retention_days < PCI_DAYS:
        yield _asks(
            "pci-dss",
            "audit.retention_days",
            f"records go after {settings.audit.retention_days} days",
            f"at least {PCI_DAYS} (days)",
            PCI_DAYS,
        )


def _trail_and_backups(settings: Settings, standard: str) -> Iterator[Problem]:
    if not settings.audit.trail:
        yield _asks(standard, "audit.trail", "nobody writes down who did what", "a trail", value=True)
    if not settings.backup.plan:
        yield _asks(standard, "backup.plan", "there are no backups of their own", "a vault", value=True)


def _asks(standard: str, path: str, problem: str, expected: str, value: object) -> Problem:
    return Problem(
        path=path,
        problem=f"{problem}, and {WHERE} names {standard}",
        expected=expected,
        fix=SetTo(path=path, value=value),
        involves=(path, WHERE),
    )
