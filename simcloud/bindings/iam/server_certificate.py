from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings import _pem
from simcloud.bindings.iam import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class ServerCertificate(Binding):
    """A certificate kept in IAM, as old load balancers and CloudFront take it."""

    token = "aws:iam/serverCertificate:ServerCertificate"
    service = "iam"
    operation = "upload_server_certificate"
    parameters = {"ServerCertificateName": "name"}
    replaces = frozenset({"name", "namePrefix", "path", "certificateBody", "certificateChain", "privateKey"})
    defaults = {"path": "/"}
    faults = {"EntityAlreadyExists": "name"}
    autoname = AutoName(limit=128)
    tagging = _tagging.SERVER_CERTIFICATE
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "ServerCertificateName": new["name"],
                "Path": new["path"],
                "CertificateBody": new["certificateBody"],
                "CertificateChain": new.get("certificateChain"),
                "PrivateKey": new["privateKey"],
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["ServerCertificateMetadata"]["ServerCertificateId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _find(ctx, given.get("name", identity))
        facts = found["ServerCertificateMetadata"]
        return {
            "arn": facts["Arn"],
            "name": facts["ServerCertificateName"],
            "namePrefix": given.get("namePrefix", ""),
            "path": facts["Path"],
            "certificateBody": _pem.as_given(given.get("certificateBody"), found["CertificateBody"]),
            "certificateChain": _pem.as_given(given.get("certificateChain"), found.get("CertificateChain")),
            "expiration": _time(facts["Expiration"]),
            "uploadDate": _time(facts["UploadDate"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("iam").delete_server_certificate(ServerCertificateName=old.get("name", identity))

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(_find(ctx, found["name"])["ServerCertificateMetadata"]["ServerCertificateId"])

    def tag_key(self, identity: str, state: Props) -> str:
        return str(state.get("name", identity))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _pem.problems(new, ("MalformedCertificate", "KeyPairMismatch"))


def _find(ctx: Context, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = ctx.client("iam").get_server_certificate(ServerCertificateName=name)
    certificate: Mapping[str, Any] = found["ServerCertificate"]
    return certificate


def _time(found: datetime) -> str:
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")
