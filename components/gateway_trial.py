"""A second HTTPS port of a gateway, where a new version can be tried before it gets traffic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

import pulumi
import pulumi_aws as aws

from components.declared import Arrival, note
from components.errors import ComponentError
from components.gateway_ingress import HTTP, HTTPS


@dataclass(frozen=True, kw_only=True)
class Trial:
    """`cidrs` may connect to `port`, nobody else: an office, a VPN, the runner of the tests."""

    cidrs: Sequence[str]
    port: int = 8443


def check_trial(where: str, trial: Trial) -> None:
    """Raise ComponentError for a port that is taken and for a way in that is open to everybody or to nobody."""
    if trial.port in (HTTP, HTTPS) or not 1 <= trial.port <= 65535:
        raise ComponentError(
            where,
            f"the trial listener is to have port {trial.port}",
            expected=f"a free port, so neither {HTTP} nor {HTTPS}",
            fix="choose another port, such as 8443",
        )
    if not trial.cidrs or any(ip_network(cidr).prefixlen == 0 for cidr in trial.cidrs):
        raise ComponentError(
            where,
            f"the trial listener is open to {', '.join(trial.cidrs) or 'nobody'}",
            expected="the ranges of those who test, not the world",
            fix="name the ranges in cidrs",
        )


def listen_for_trials(
    parent: pulumi.Resource,
    name: str,
    trial: Trial,
    *,
    load_balancer_arn: pulumi.Input[str],
    certificate_arn: pulumi.Input[str],
    tls_policy: str,
    security_group_id: pulumi.Input[str],
    tags: Mapping[str, str],
) -> aws.lb.Listener:
    """The listener and the way in to it; targets add their rules."""
    for number, cidr in enumerate(trial.cidrs, start=1):
        _admit(parent, name, number, security_group_id, cidr, trial.port)
    return aws.lb.Listener(
        f"{name}-trial-{trial.port}",
        load_balancer_arn=load_balancer_arn,
        port=trial.port,
        protocol="HTTPS",
        certificate_arn=certificate_arn,
        ssl_policy=tls_policy,
        default_actions=[
            {
                "type": "fixed-response",
                "fixed_response": {"content_type": "text/plain", "status_code": "404"},
            }
        ],
        tags={**tags, "Name": f"{name}-trial-{trial.port}"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _admit(
    parent: pulumi.Resource,
    gateway: str,
    number: int,
    security_group_id: pulumi.Input[str],
    cidr: str,
    port: int,
) -> None:
    note(parent, Arrival(gateway, port, cidr))
    version = ip_network(cidr).version
    aws.vpc.SecurityGroupIngressRule(
        f"{gateway}-{port}-from-{number}",
        security_group_id=security_group_id,
        cidr_ipv4=cidr if version == 4 else None,
        cidr_ipv6=cidr if version == 6 else None,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description="HTTPS to the version under trial",
        opts=pulumi.ResourceOptions(parent=parent),
    )
