"""How long RDS takes until another server writes: a promise is the longer end of what AWS calls typical."""

from __future__ import annotations

# AWS: "Failing over a Multi-AZ DB instance for Amazon RDS", read 2026-11: "typically 60–120 seconds. However, large
# transactions or a lengthy recovery process can increase failover time".
MULTI_AZ_INSTANCE = 120
# AWS: "Failing over a Multi-AZ DB cluster for Amazon RDS", read 2026-11: "typically under 35 seconds".
MULTI_AZ_CLUSTER = 35
