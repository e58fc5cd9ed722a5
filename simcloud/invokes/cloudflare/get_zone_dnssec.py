from __future__ import annotations

from simcloud.context import Context
from simcloud.invokes.cloudflare._asking import answered, ask
from simcloud.values import Props


def get_zone_dnssec(ctx: Context, args: Props) -> Props:
    """DNSSEC of a zone."""
    found = ask(ctx, f"/zones/{args['zoneId']}/dnssec")
    names = (
        "algorithm digest digestAlgorithm digestType dnssecMultiSigner dnssecPresigned dnssecUseNsec3 ds flags id "
        "keyTag keyType modifiedOn publicKey status zoneId"
    )
    return answered(names, found, args, id=args["zoneId"])
