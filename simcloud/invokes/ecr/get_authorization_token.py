from __future__ import annotations

import base64

from simcloud.context import Context
from simcloud.values import Props


def get_authorization_token(ctx: Context, args: Props) -> Props:
    """What `docker login` wants for the account's registry."""
    registry = args.get("registryId")
    found = ctx.client("ecr").get_authorization_token(**({"registryIds": [registry]} if registry else {}))
    data = found["authorizationData"][0]
    user, _, password = base64.b64decode(data["authorizationToken"]).decode().partition(":")
    return {
        "authorizationToken": data["authorizationToken"],
        "expiresAt": data["expiresAt"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "id": ctx.region,
        "password": password,
        "proxyEndpoint": data["proxyEndpoint"],
        "region": ctx.region,
        "registryId": registry,
        "userName": user,
    }
