from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props


def get_service_principal(ctx: Context, args: Props) -> Props:
    """The name by which policies know a service."""
    service, suffix = args["serviceName"], "amazonaws.com"
    return {
        "id": f"{service}.{ctx.region}.{suffix}",
        "name": f"{service}.{suffix}",
        "region": ctx.region,
        "serviceName": service,
        "suffix": suffix,
    }
