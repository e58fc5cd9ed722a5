from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from cryptography import x509

from simcloud import tagging
from simcloud.binding import AutoName, Params, RecordedBinding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_BUNDLE = {
    "CaCertificatesBundleS3Bucket": "caCertificatesBundleS3Bucket",
    "CaCertificatesBundleS3Key": "caCertificatesBundleS3Key",
    "CaCertificatesBundleS3ObjectVersion": "caCertificatesBundleS3ObjectVersion",
}


class TrustStore(RecordedBinding):
    """The authorities whose client certificates a listener accepts. moto lacks it: this one is recorded."""

    token = "aws:lb/trustStore:TrustStore"
    service = "elbv2"
    operation = "create_trust_store"
    parameters = dict(_BUNDLE)
    replaces = frozenset({"name", "namePrefix"})
    autoname = AutoName(limit=32)
    tagging = tagging.RECORDED
    references = (Reference("caCertificatesBundleS3Bucket", "bucket"),)

    def request(self, ctx: Context, new: Props) -> Params:
        said = {api: new.get(name) for api, name in _BUNDLE.items()}
        return without_none({"Name": new["name"], **said})

    def create(self, ctx: Context, new: Props) -> str:
        for identity, record in ctx.store.of_kind(self.token):
            if record["name"] == new["name"] and f":{ctx.region}:" in identity:
                message = f"A trust store with the name {new['name']} already exists."
                raise Refusal("DuplicateTrustStoreName", message, "name")
        return super().create(ctx, new)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if identity in _used(ctx):
            raise Refusal("TrustStoreInUse", f"The trust store {identity} is in use by a listener.")
        super().delete(ctx, identity, old)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return ctx.arn("elasticloadbalancing", f"truststore/{new['name']}/{secrets.token_hex(8)}")

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        suffix = identity.split(":", 5)[5]
        return {"arn": identity, "arnSuffix": suffix, "namePrefix": new.get("namePrefix", "")}

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        where = {"Bucket": new["caCertificatesBundleS3Bucket"], "Key": new["caCertificatesBundleS3Key"]}
        version = new.get("caCertificatesBundleS3ObjectVersion")
        try:
            body = (
                ctx.client("s3")
                .get_object(**where, **({"VersionId": version} if version else {}))["Body"]
                .read()
            )
        except ClientError:
            message = f"The bundle s3://{where['Bucket']}/{where['Key']} cannot be read."
            yield Refusal("CaCertificatesBundleNotFound", message, "caCertificatesBundleS3Key")
            return
        try:
            x509.load_pem_x509_certificates(body)
        except ValueError:
            message = "The bundle holds no PEM-encoded certificates."
            yield Refusal("InvalidCaCertificatesBundle", message, "caCertificatesBundleS3Key")


def _used(ctx: Context) -> set[Any]:
    elb = ctx.client("elbv2")
    balancers = elb.describe_load_balancers()["LoadBalancers"]
    listeners = [
        listener
        for balancer in balancers
        for listener in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    ]
    return {listener.get("MutualAuthentication", {}).get("TrustStoreArn") for listener in listeners}
