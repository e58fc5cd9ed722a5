"""The standards that rules serve, each with the version whose numbering is used.

Ids die and change meaning between versions, so a bare id is never stored. Mappings are those of the
reference notes (taken from prowler 5.46.0 and checkov 3.3.30), not verified against the standards.
"""

from policies.rule import Control


def security_hub(*ids: str) -> tuple[Control, ...]:
    """AWS Security Hub, Foundational Security Best Practices."""
    return _controls("FSBP", "1.0.0", ids)


def cis(*ids: str) -> tuple[Control, ...]:
    """CIS AWS Foundations Benchmark."""
    return _controls("CIS AWS", "3.0.0", ids)


def pci(*ids: str) -> tuple[Control, ...]:
    return _controls("PCI DSS", "4.0", ids)


def iso(*ids: str) -> tuple[Control, ...]:
    """ISO/IEC 27001, Annex A."""
    return _controls("ISO 27001", "2022", ids)


def soc2(*ids: str) -> tuple[Control, ...]:
    """AICPA trust services criteria."""
    return _controls("SOC 2", "2017", ids)


def checkov(*ids: str) -> tuple[Control, ...]:
    return _controls("checkov", "3.3.30", ids)


def _controls(standard: str, version: str, ids: tuple[str, ...]) -> tuple[Control, ...]:
    return tuple(Control(standard, version, id_) for id_ in ids)
