from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare import _records
from simcloud.invokes.cloudflare._asking import answered, first
from simcloud.values import Props


def get_dns_records(ctx: Context, args: Props) -> Props:
    """The records of a zone that the arguments describe."""
    found = [
        _records.shown(record, {}) for record in first(_records.matching(ctx, args["zoneId"], args), args)
    ]
    names = (
        "comment content direction includeShadowMetadata match maxItems name order proxied results search "
        "shadowedByName shadowingName tag tagMatch type zoneId"
    )
    return answered(names, {}, args, results=found)
