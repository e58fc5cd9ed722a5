from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_SIGNING, _NOT_SIGNING = "SIGNING", "NOT_SIGNING"


class HostedZoneDnsSec(Binding):
    """Whether the answers of a zone are signed. It needs an active key-signing key."""

    token = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec"
    service = "route53"
    replaces = frozenset({"hostedZoneId"})
    defaults = {"signingStatus": _SIGNING}
    faults = {"KeySigningKeyWithActiveStatusNotFound": "hostedZoneId"}
    references = (Reference("hostedZoneId", "hosted_zone"),)
    global_service = True

    def create(self, ctx: Context, new: Props) -> str:
        _set(ctx, new["hostedZoneId"], new["signingStatus"])
        return str(new["hostedZoneId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            _set(ctx, identity, new["signingStatus"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("route53").get_dnssec(HostedZoneId=identity)
        return {"hostedZoneId": identity, "signingStatus": found["Status"]["ServeSignature"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        route53 = ctx.client("route53")
        if route53.get_dnssec(HostedZoneId=identity)["Status"]["ServeSignature"] == _SIGNING:
            route53.disable_hosted_zone_dnssec(HostedZoneId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        status = new["signingStatus"]
        if isinstance(status, str) and status not in (_SIGNING, _NOT_SIGNING):
            message = f"The signing status is {_SIGNING} or {_NOT_SIGNING}, not {status}."
            yield Refusal("InvalidArgument", message, "signingStatus")


def _set(ctx: Context, zone: str, status: str) -> None:
    route53 = ctx.client("route53")
    if status == _SIGNING:
        route53.enable_hosted_zone_dnssec(HostedZoneId=zone)
    else:
        route53.disable_hosted_zone_dnssec(HostedZoneId=zone)
