"""A TLS certificate, proved by DNS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """`region` differs from the stack's for CloudFront, which wants us-east-1.

    `proved_by` is a certificate of the same names (in another region) whose DNS records prove this one
    as well: ACM asks for the same record per name and account, and a zone holds it once.
    """

    domain_name: str
    subject_alternative_names: Sequence[str] = ()
    zone_id: pulumi.Input[str]
    region: str | None = None
    proved_by: Certificate | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class Certificate(pulumi.ComponentResource):
    """An ACM certificate; `arn` is known once AWS has validated it."""

    component_name: str
    arn: pulumi.Output[str]
    domain_names: Sequence[str]

    def __init__(
        self,
        name: str,
        args: CertificateArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("plinth:certificate:Certificate", name, {}, opts)
