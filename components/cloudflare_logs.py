"""Request logs from Cloudflare into a bucket. Imports Cloudflare's SDK: import this only when it is used."""

from __future__ import annotations

import pulumi
import pulumi_cloudflare as cloudflare

from components.cloudflare_args import LogDelivery

# No cookie, no query string, no header with credentials: enough to answer who asked for what, and how it went.
_FIELDS = (
    "ClientIP", "ClientCountry", "ClientRequestHost", "ClientRequestMethod", "ClientRequestPath",
    "ClientRequestProtocol", "ClientRequestUserAgent", "CacheCacheStatus", "EdgeResponseStatus",
    "EdgeResponseBytes", "EdgeStartTimestamp", "EdgeEndTimestamp", "OriginResponseStatus",
    "OriginResponseDurationMs", "RayID", "SecurityAction", "SecurityRuleID",
)  # fmt: skip


def deliver_logs(
    parent: pulumi.Resource, name: str, zone_id: pulumi.Input[str], logs: LogDelivery
) -> pulumi.Output[str]:
    """Ask Cloudflare to write its challenge and, once that has been read, the logs; the challenge's object key."""
    destination = pulumi.Output.concat(
        "s3://", logs.bucket, f"/{name}/{{DATE}}?region={logs.region}&sse=AES256"
    )
    opts = pulumi.ResourceOptions(parent=parent)
    asked = cloudflare.LogpushOwnershipChallenge(
        f"{name}-logs", zone_id=zone_id, destination_conf=destination, opts=opts
    )
    if logs.challenge is not None:
        cloudflare.LogpushJob(
            f"{name}-logs",
            zone_id=zone_id,
            name=name,
            dataset="http_requests",
            enabled=True,
            destination_conf=destination,
            ownership_challenge=pulumi.Output.secret(logs.challenge),
            max_upload_interval_seconds=300,
            output_options={
                "output_type": "ndjson",
                "timestamp_format": "rfc3339",
                "field_names": list(_FIELDS),
            },
            opts=opts,
        )
    return asked.filename
