"""A TLS certificate, proved by DNS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import dns as route53
from components.dns_zone import NameZone, check_within
from components.errors import ComponentError

# AWS: API reference of ACM RequestCertificate, DomainName (docs.rs/aws-sdk-acm), read 2026-11.
_LONGEST_COMMON_NAME = 64


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """`region` differs from the stack's for CloudFront, which wants us-east-1.

    The records that prove the names are written into `dns`, whoever keeps it, or into the Route 53 zone
    `zone_id`: exactly one of the two.
    `proved_by` is a certificate of the same names (in another region) whose DNS records prove this one
    as well: ACM asks for the same record per name and account, and a zone holds it once.
    `proved_elsewhere`: these records stand already, kept by another stack, and none is made.
    """

    domain_name: str
    subject_alternative_names: Sequence[str] = ()
    zone_id: pulumi.Input[str] | None = None
    dns: NameZone | None = None
    region: str | None = None
    proved_by: Certificate | None = None
    proved_elsewhere: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Certificate(pulumi.ComponentResource):
    """An ACM certificate; `arn` is known once AWS has validated it."""

    component_name: str
    arn: pulumi.Output[str]
    domain_names: Sequence[str]
    record_fqdns: Mapping[str, pulumi.Output[str]]

    def __init__(self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:certificate:Certificate", name, {}, opts)
        self.component_name = name
        self.domain_names = _unique([args.domain_name, *args.subject_alternative_names])
        _check(name, args, self.domain_names)
        certificate = self._request(args)
        self.record_fqdns = self._prove(certificate, args)
        self.arn = self._await(certificate, args).certificate_arn
        self.register_outputs({"arn": self.arn, "domain_names": self.domain_names})

    def _request(self, args: CertificateArgs) -> aws.acm.Certificate:
        return aws.acm.Certificate(
            self.component_name,
            domain_name=args.domain_name,
            subject_alternative_names=self.domain_names[1:],
            validation_method="DNS",
            region=args.region,
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _prove(
        self, certificate: aws.acm.Certificate, args: CertificateArgs
    ) -> Mapping[str, pulumi.Output[str]]:
        if args.proved_elsewhere:
            return {}
        if args.proved_by is not None:
            return {domain: args.proved_by.record_fqdns[domain] for domain in _proved(self.domain_names)}
        return {domain: self._record(certificate, domain, args) for domain in _proved(self.domain_names)}

    def _record(
        self, certificate: aws.acm.Certificate, domain: str, args: CertificateArgs
    ) -> pulumi.Output[str]:
        option = certificate.domain_validation_options.apply(lambda options: _option(options, domain))
        name, kind, value = (_field(option, key) for key in ("name", "type", "value"))
        label = f"{self.component_name}-{domain}"
        if args.dns is not None:
            return args.dns.prove(self, label, name, kind, value)
        assert args.zone_id is not None
        return route53.prove(self, label, args.zone_id, name, kind, value)

    def _await(
        self, certificate: aws.acm.Certificate, args: CertificateArgs
    ) -> aws.acm.CertificateValidation:
        return aws.acm.CertificateValidation(
            self.component_name,
            certificate_arn=certificate.arn,
            validation_record_fqdns=list(self.record_fqdns.values()) or None,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _unique(domains: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(domain.lower() for domain in domains))


def _proved(domains: Sequence[str]) -> Sequence[str]:
    """The names to prove: a wildcard is proved by the name that it stands under."""
    return _unique([domain.removeprefix("*.") for domain in domains])


def _field(option: pulumi.Output[Mapping[str, str]], key: str) -> pulumi.Output[str]:
    return option.apply(lambda found: found[key])


def _option(
    options: Sequence[aws.acm.outputs.CertificateDomainValidationOption], domain: str
) -> Mapping[str, str]:
    """The record that AWS wants for a name; the options come in no order, and twice for a wildcard."""
    found = next(option for option in options if (option.domain_name or "").removeprefix("*.") == domain)
    return {
        "name": found.resource_record_name or "",
        "type": found.resource_record_type or "",
        "value": found.resource_record_value or "",
    }


def _check(where: str, args: CertificateArgs, domains: Sequence[str]) -> None:
    if args.proved_elsewhere:
        _check_elsewhere(where, args)
    elif args.proved_by is None and (args.zone_id is None) == (args.dns is None):
        raise ComponentError(
            where,
            "the records that prove the names have two places to go, or none",
            expected="exactly one of zone_id and dns",
            fix="give dns; zone_id is for a Route 53 zone that no component keeps",
        )
    if args.dns is not None:
        for domain in _proved(domains):
            check_within(where, domain, args.dns.zone_name)
    if len(args.domain_name) > _LONGEST_COMMON_NAME:
        raise ComponentError(
            where,
            f"{args.domain_name} has {len(args.domain_name)} characters",
            expected=f"at most {_LONGEST_COMMON_NAME} in the first name of a certificate",
            fix="put a shorter name first",
        )
    proof = args.proved_by
    missing = [name for name in _proved(domains) if proof and name not in proof.record_fqdns]
    if proof and missing:
        raise ComponentError(
            where,
            f"{proof.component_name} does not prove {', '.join(missing)}",
            expected="a certificate of the same names",
            fix="give both certificates the same names, or drop proved_by",
        )


def _check_elsewhere(where: str, args: CertificateArgs) -> None:
    if args.zone_id is not None or args.dns is not None or args.proved_by is not None:
        raise ComponentError(
            where,
            "the records that prove the names stand already, and are to be made or taken from a certificate of here",
            expected="`proved_elsewhere` without zone_id, dns and proved_by",
            fix="drop these, or `proved_elsewhere`",
        )
