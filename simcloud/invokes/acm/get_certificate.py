from __future__ import annotations

from typing import Any

from simcloud import tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_certificate(ctx: Context, args: Props) -> Props:
    """An issued certificate of a domain; the newest one if that is asked for."""
    acm = ctx.client("acm")
    found = _chosen([item for item in _all(ctx) if _fits(ctx, item, args)], args)
    arn = found["CertificateArn"]
    text = acm.get_certificate(CertificateArn=arn) if found["Status"] == "ISSUED" else {}
    return {
        "arn": arn,
        "certificate": text.get("Certificate", ""),
        "certificateChain": text.get("CertificateChain", ""),
        "domain": found["DomainName"],
        "id": arn,
        "keyTypes": args.get("keyTypes"),
        "mostRecent": args.get("mostRecent"),
        "region": ctx.region,
        "status": found["Status"],
        "statuses": args.get("statuses"),
        "tags": tagging.CERTIFICATE.current(ctx, arn),
        "types": args.get("types"),
    }


def _all(ctx: Context) -> list[dict[str, Any]]:
    acm = ctx.client("acm")
    arns = [item["CertificateArn"] for item in acm.list_certificates()["CertificateSummaryList"]]
    return [acm.describe_certificate(CertificateArn=arn)["Certificate"] for arn in arns]


def _fits(ctx: Context, found: dict[str, Any], args: Props) -> bool:
    return (
        args.get("domain") in (None, found["DomainName"])
        and found["Status"] in (args.get("statuses") or ["ISSUED"])
        and (not args.get("types") or found["Type"] in args["types"])
        and (not args.get("keyTypes") or found["KeyAlgorithm"] in args["keyTypes"])
        and (args.get("tags") or {}).items()
        <= tagging.CERTIFICATE.current(ctx, found["CertificateArn"]).items()
    )


def _chosen(found: list[dict[str, Any]], args: Props) -> dict[str, Any]:
    if not found:
        raise Refusal("NotFound", "no matching ACM Certificate found")
    if len(found) > 1 and not args.get("mostRecent"):
        raise Refusal(
            "TooManyResults",
            "multiple ACM Certificates matching the criteria; try a more specific search or set mostRecent",
        )
    return max(found, key=lambda item: item.get("CreatedAt") or item["ImportedAt"])
