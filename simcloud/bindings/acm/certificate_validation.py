from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class CertificateValidation(Binding):
    """The wait for a certificate to be issued, without the waiting: the records are there or they are not."""

    token = "aws:acm/certificateValidation:CertificateValidation"
    service = "acm"
    replaces = frozenset({"certificateArn", "validationRecordFqdns"})
    references = (Reference("certificateArn", "certificate"),)

    def create(self, ctx: Context, new: Props) -> str:
        found = _describe(ctx, new["certificateArn"])
        if found["Type"] != "AMAZON_ISSUED":
            raise Refusal(
                "InvalidCertificateType",
                f"ACM Certificate ({new['certificateArn']}) has type {found['Type']}, no validation necessary",
                "certificateArn",
            )
        if found["Status"] != "ISSUED":
            raise _unproved(found)
        if new.get("validationRecordFqdns"):
            _check_names(found, new["validationRecordFqdns"])
        return str(found["IssuedAt"].strftime("%Y-%m-%d %H:%M:%S +0000 UTC"))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = _describe(ctx, given["certificateArn"])
        return {"certificateArn": given["certificateArn"]} if found["Status"] == "ISSUED" else None

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: there is nothing of it in AWS."""


def _describe(ctx: Context, arn: str) -> dict[str, Any]:
    found: dict[str, Any] = ctx.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
    return found


def _records(found: dict[str, Any]) -> Iterator[dict[str, str]]:
    seen = {
        option["ResourceRecord"]["Name"]: option["ResourceRecord"]
        for option in found["DomainValidationOptions"]
    }
    yield from seen.values()


def _unproved(found: dict[str, Any]) -> Refusal:
    wanted = ", ".join(f"{record['Name']} {record['Type']} {record['Value']}" for record in _records(found))
    return Refusal(
        "VALIDATION_TIMED_OUT",
        f"ACM would wait for {found['DomainName']} to be proved for 75 minutes and give up: not all of its records are "
        f"in a public zone. They are: {wanted}",
        "certificateArn",
        "create these records, and let the validation depend on them.",
    )


def _check_names(found: dict[str, Any], given: list[str]) -> None:
    names = {name.rstrip(".").lower() for name in given}
    for record in _records(found):
        if record["Name"].rstrip(".").lower() not in names:
            raise Refusal(
                "MissingValidationRecord",
                f"missing {found['DomainName']} DNS validation record: {record['Name'].rstrip('.')}",
                "validationRecordFqdns",
            )
