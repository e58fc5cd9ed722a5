"""The standards that Security Hub knows."""

from __future__ import annotations

from collections.abc import Mapping

# AWS: DescribeStandards, Security Hub API reference; from memory of AWS's documentation, not verified.
_REGIONAL = {
    "aws-foundational-security-best-practices/v/1.0.0": "AWS Foundational Security Best Practices v1.0.0",
    "aws-resource-tagging-standard/v/1.0.0": "AWS Resource Tagging Standard v1.0.0",
    "cis-aws-foundations-benchmark/v/1.4.0": "CIS AWS Foundations Benchmark v1.4.0",
    "cis-aws-foundations-benchmark/v/3.0.0": "CIS AWS Foundations Benchmark v3.0.0",
    "cis-aws-foundations-benchmark/v/5.0.0": "CIS AWS Foundations Benchmark v5.0.0",
    "nist-800-171/v/2.0.0": "NIST Special Publication 800-171 Revision 2",
    "nist-800-53/v/5.0.0": "NIST Special Publication 800-53 Revision 5",
    "pci-dss/v/3.2.1": "PCI DSS v3.2.1",
    "pci-dss/v/4.0.1": "PCI DSS v4.0.1",
}
_OLDEST = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"


def catalogue(region: str) -> Mapping[str, str]:
    """The standards of a region: ARN to name."""
    here = {f"arn:aws:securityhub:{region}::standards/{path}": name for path, name in _REGIONAL.items()}
    return {_OLDEST: "CIS AWS Foundations Benchmark v1.2.0", **here}


def defaults(region: str) -> tuple[str, ...]:
    """Those that are on when a hub is. AWS: EnableSecurityHub (botocore 1.44.5), read 2026-11."""
    best_practices = "aws-foundational-security-best-practices/v/1.0.0"
    return _OLDEST, f"arn:aws:securityhub:{region}::standards/{best_practices}"


def is_known(arn: str, region: str) -> bool:
    """Whether there is such a standard in the region."""
    return arn in catalogue(region)
