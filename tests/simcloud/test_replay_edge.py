"""What the journal brings back of identities and the edge after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simcloud import test_replay

# Secrets that are told once, keys that follow from ids, what moto lacked, what the store keeps.
CASES = (
    "acm/certificate_validation_cloudflare",
    "cloudfront/distribution_private",
    "cloudwatch/log_delivery",
    "iam/access_key",
    "iam/server_certificate",
    "iam/user",
    "kinesis/firehose_delivery_stream",
    "lb/listener_mutual",
    "route53/hosted_zone_dns_sec",
    "wafv2/rule_group",
)


@pytest.mark.parametrize("case", CASES)
def test_restart(case: str, tmp_path: Path) -> None:
    test_replay.test_restart_changes_nothing(case, tmp_path)
