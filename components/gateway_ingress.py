"""Who may connect to a gateway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network

import pulumi
import pulumi_aws as aws

from components.declared import Arrival, note
from components.errors import ComponentError

CLOUDFRONT_PREFIX_LIST = "com.amazonaws.global.cloudfront.origin-facing"

HTTP, HTTPS = 80, 443

# AWS: "Quotas for your Application Load Balancers": five condition values in a rule; per reference notes, not verified
# against AWS.
_MOST_HEADER_VALUES = 3
_ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, kw_only=True)
class RequiredHeader:
    """A header that only the edge can send: requests without one of `values` reach no target.

    Several values let the edge change the one that it sends while the gateway takes both. They are secrets.
    """

    name: str
    values: Sequence[pulumi.Input[str]]


@dataclass(frozen=True, kw_only=True)
class Ingress:
    """The addresses of a CDN, by its managed prefix list or by lists of one's own, or CIDRs; exactly one of the three.

    `prefix_list_ids` maps a label to the id of a list. `header` and `trust_store_arn` (of the authorities whose
    client certificates are taken) tell one customer of a CDN from the others, who come from the same addresses.
    """

    prefix_list_name: str | None = None
    cidrs: Sequence[str] = ()
    prefix_list_ids: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    header: RequiredHeader | None = None
    trust_store_arn: pulumi.Input[str] | None = None

    @property
    def open_to_the_world(self) -> bool:
        """Whether anybody may connect."""
        return any(ip_network(cidr).prefixlen == 0 for cidr in self.cidrs)


def check_ingress(where: str, ingress: Ingress) -> None:
    """Raise ComponentError unless exactly one kind of source is given, and all that is said can be read."""
    sources = [ingress.prefix_list_name is not None, bool(ingress.prefix_list_ids), bool(ingress.cidrs)]
    if sum(sources) != 1:
        raise ComponentError(
            where,
            "the ingress names both a prefix list and CIDRs, or neither",
            expected="exactly one of prefix_list_name, prefix_list_ids and cidrs",
            fix="use the CDN's prefix list behind an edge, and CIDRs without one",
        )
    if ingress.header is not None and not 1 <= len(ingress.header.values) <= _MOST_HEADER_VALUES:
        raise ComponentError(
            where,
            f"the header {ingress.header.name} has {len(ingress.header.values)} values",
            expected=f"1 to {_MOST_HEADER_VALUES}, which leaves a listener rule two values for hosts and paths",
            fix="give the value that the edge sends, and the one that it will send next",
        )
    for cidr in ingress.cidrs:
        _check_cidr(where, cidr)


def admit(parent: pulumi.Resource, name: str, security_group_id: pulumi.Input[str], ingress: Ingress) -> None:
    """Write the declared ingress into the gateway's security group."""
    for cidr, port in _arrivals(ingress):
        note(parent, Arrival(name, port, cidr))
    if ingress.prefix_list_name is not None:
        # CloudFront's list counts as 55 of the 60 rules that a group may have, so there is room for one port:
        # the CDN redirects to HTTPS itself and speaks only HTTPS to its origin.
        # AWS: blog "Limit access to your origins using the AWS-managed prefix list for Amazon CloudFront", read 2026-11
        found = aws.ec2.get_managed_prefix_list_output(
            name=ingress.prefix_list_name, opts=pulumi.InvokeOutputOptions(parent=parent)
        )
        _admit_prefix_list(parent, f"{name}-{HTTPS}-from-cdn", security_group_id, found.id)
    for label, prefix_list_id in ingress.prefix_list_ids.items():
        _admit_prefix_list(parent, f"{name}-{HTTPS}-from-{label}", security_group_id, prefix_list_id)
    for number, cidr in enumerate(ingress.cidrs, start=1):
        for port in (HTTPS, HTTP):
            _admit_cidr(parent, f"{name}-{port}-from-{number}", security_group_id, cidr, port)


def _arrivals(ingress: Ingress) -> Sequence[tuple[str, int]]:
    """What a network ACL can say of it: ACLs know no prefix lists."""
    if not ingress.cidrs:
        return [(_ANYWHERE, HTTPS)]
    return [(cidr, port) for cidr in ingress.cidrs for port in (HTTPS, HTTP)]


def mutual_authentication(ingress: Ingress) -> aws.lb.ListenerMutualAuthenticationArgsDict | None:
    """What the listener asks of clients: a certificate of the trusted authorities, where there are any."""
    if ingress.trust_store_arn is None:
        return None
    return {"mode": "verify", "trust_store_arn": ingress.trust_store_arn}


def _admit_prefix_list(
    parent: pulumi.Resource,
    name: str,
    security_group_id: pulumi.Input[str],
    prefix_list_id: pulumi.Input[str],
) -> None:
    aws.vpc.SecurityGroupIngressRule(
        name,
        security_group_id=security_group_id,
        prefix_list_id=prefix_list_id,
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        description="HTTPS from the CDN",
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _admit_cidr(
    parent: pulumi.Resource, name: str, security_group_id: pulumi.Input[str], cidr: str, port: int
) -> None:
    version = ip_network(cidr).version
    aws.vpc.SecurityGroupIngressRule(
        name,
        security_group_id=security_group_id,
        cidr_ipv4=cidr if version == 4 else None,
        cidr_ipv6=cidr if version == 6 else None,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description="HTTPS" if port == HTTPS else "HTTP, redirected to HTTPS",
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _check_cidr(where: str, cidr: str) -> None:
    try:
        ip_network(cidr)
    except ValueError as error:
        raise ComponentError(
            where,
            f"{cidr!r} is not an address range: {error}",
            expected="an address and a prefix length without host bits, such as 203.0.113.0/24",
            fix="correct the range",
        ) from error
