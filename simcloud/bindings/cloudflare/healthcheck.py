from __future__ import annotations

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.resources.healthchecks import COLLECTION


class Healthcheck(CloudflareBinding):
    """How an origin is asked whether it is well, without load balancing."""

    token = "cloudflare:index/healthcheck:Healthcheck"
    resource = COLLECTION
    replaces = frozenset({"zoneId"})
