from __future__ import annotations

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.values import Props


class ListenerCertificate(Binding):
    """One more certificate of a listener, chosen by the name that a client asks for."""

    token = "aws:lb/listenerCertificate:ListenerCertificate"
    service = "elbv2"
    operation = "add_listener_certificates"
    replaces = frozenset({"certificateArn", "listenerArn"})
    faults = {"UnsupportedCertificate": "certificateArn"}
    references = (Reference("listenerArn", "listener"), Reference("certificateArn", "certificate"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "ListenerArn": new["listenerArn"],
            "Certificates": [{"CertificateArn": new["certificateArn"]}],
        }

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("elbv2").add_listener_certificates(**self.request(ctx, new))
        return f"{new['listenerArn']}_{new['certificateArn']}"

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        listener, certificate = identity.split("_", 1)
        found = ctx.client("elbv2").describe_listener_certificates(ListenerArn=listener)["Certificates"]
        if certificate not in [item["CertificateArn"] for item in found]:
            return None
        return {"listenerArn": listener, "certificateArn": certificate}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("elbv2").remove_listener_certificates(**self.request(ctx, old))
