from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare import _records
from simcloud.invokes.cloudflare._asking import ask, only
from simcloud.values import Props


def get_dns_record(ctx: Context, args: Props) -> Props:
    """A record by its id, or the only one that the filter describes."""
    if args.get("dnsRecordId"):
        found = ask(ctx, f"/zones/{args['zoneId']}/dns_records/{args['dnsRecordId']}")
    else:
        found = only(list(_records.matching(ctx, args["zoneId"], args.get("filter") or {})), "DNS records")
    return _records.shown(
        found, {**args, "dnsRecordId": found["id"]}, "dnsRecordId filter includeShadowMetadata zoneId"
    )
