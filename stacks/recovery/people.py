"""How long it takes until somebody has noticed, decided and begun, and what they do by hand."""

from __future__ import annotations

# An assumption: an alarm after 5 minutes, its page answered and the runbook opened in 10.
PEOPLE_SECONDS = 15 * 60
ASSUMED = f"assumed: {PEOPLE_SECONDS // 60} min until people act"
# AWS: RDS user guide, "Promoting a read replica to be a standalone DB instance", read 2026-11: it reboots, and
# "can take several minutes or longer to complete, depending on the size of the read replica". Ten are an assumption.
PROMOTION_SECONDS = 10 * 60
