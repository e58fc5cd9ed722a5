"""The entrance of an environment: an HTTPS load balancer in the public subnets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from components import names
from components.edge_headers import SecurityHeaders
from components.gateway_checks import check_place, check_trial_of
from components.gateway_headers import response_headers
from components.gateway_ingress import (
    CLOUDFRONT_PREFIX_LIST,
    HTTP,
    HTTPS,
    Ingress,
    RequiredHeader,
    admit,
    check_ingress,
    mutual_authentication,
)
from components.gateway_trial import Trial, listen_for_trials
from components.relations import closed_security_group
from components.target import ROUND_ROBIN, Target, Wish, forward
from components.target_pair import forward_pair
from components.waf import WafArgs, check_waf, regional_firewall

__all__ = ["CLOUDFRONT_PREFIX_LIST", "Gateway", "GatewayArgs", "Ingress", "RequiredHeader", "Target", "Trial"]

# AWS looks at rules in the order of their priorities, 1 to 50000: the default target's comes last.
_LAST_PRIORITY = 50_000
_PRIORITY_STEP = 100


@dataclass(frozen=True, kw_only=True)
class GatewayArgs:
    """`access_log_bucket` is a bucket of purpose logs with the writer alb; `vpc_id` owns `subnet_ids`.

    `internal` gives it no public address: for an edge that comes through the VPC (CloudFront's VPC origins).
    Without an edge it is the public way in itself: then it has a firewall (`waf`), says the security `headers` that a
    load balancer can say, and answers over IPv6 too where the subnets have it. `algorithm` chooses the next address.
    """

    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    certificate_arn: pulumi.Input[str]
    ingress: Ingress
    internal: bool = False
    ipv6: bool = False
    waf: WafArgs | None = None
    headers: SecurityHeaders | None = None
    algorithm: str = ROUND_ROBIN
    access_log_bucket: pulumi.Input[str] | None = None
    deletion_protection: bool = True
    idle_timeout_seconds: int = 60
    tls_policy: str = "ELBSecurityPolicy-TLS13-1-2-2021-06"
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class _Place(TypedDict):
    vpc_id: pulumi.Input[str]
    listener_arn: pulumi.Output[str]
    tags: Mapping[str, str]


class Gateway(pulumi.ComponentResource):
    """An application load balancer: HTTPS, and HTTP only to redirect to it."""

    component_name: str
    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]
    dns_name: pulumi.Output[str]
    zone_id: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    https_listener_arn: pulumi.Output[str]
    web_acl_arn: pulumi.Output[str] | None
    web_acl_name: pulumi.Output[str] | None

    def __init__(self, name: str, args: GatewayArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        check_ingress(name, args.ingress)
        if args.waf is not None:
            check_waf(name, args.waf)
        super().__init__("plinth:gateway:Gateway", name, {}, opts)
        self.component_name, self._args = name, args
        self._priorities: list[int] = []
        self._trials: dict[int, tuple[Trial, pulumi.Output[str]]] = {}
        self.security_group_id = self._security_group().id
        admit(self, name, self.security_group_id, args.ingress)
        balancer = self._balancer()
        self._guard(balancer)
        self._redirect(balancer)
        self.https_listener_arn = self._listen(balancer).arn
        self.arn, self.arn_suffix = balancer.arn, balancer.arn_suffix
        self.dns_name, self.zone_id = balancer.dns_name, balancer.zone_id
        self._register()

    def target(
        self,
        name: str,
        port: int,
        health_path: str,
        health_seconds: int = 30,
        deregistration_seconds: int = 30,
        *,
        default: bool = True,
        hosts: Sequence[str] = (),
        paths: Sequence[str] = (),
        pair: bool = False,
        trial: Trial | None = None,
        tls: bool = False,
    ) -> Target:
        """Forward to a new group of addresses: all requests that no other target takes, or those of `paths`.

        `hosts` narrows either to these names; `default=False` needs `hosts` or `paths`. A `pair` has a second
        group, between which and the first ECS moves the traffic; `trial` is where the one without can be tried.
        With `tls` the addresses speak HTTPS, with whatever certificate.
        """
        check_trial_of(name, pair, trial, [known for known, _ in self._trials.values()])
        wish = Wish(
            port=port,
            health_path=health_path,
            health_seconds=health_seconds,
            deregistration_seconds=deregistration_seconds,
            hosts=hosts,
            paths=paths,
            priority=self._priority(name, default, bool(hosts), bool(paths)),
            header=self._args.ingress.header,
            algorithm=self._args.algorithm,
            tls=tls,
        )
        place: _Place = {
            "vpc_id": self._args.vpc_id,
            "listener_arn": self.https_listener_arn,
            "tags": self._args.tags,
        }
        if not pair:
            return forward(self, name, wish, **place)
        return forward_pair(self, name, wish, trial_listener_arn=self._trial_listener(trial), **place)

    def _trial_listener(self, trial: Trial | None) -> pulumi.Output[str] | None:
        if trial is None:
            return None
        if trial.port not in self._trials:
            listener = listen_for_trials(
                self,
                self.component_name,
                trial,
                load_balancer_arn=self.arn,
                certificate_arn=self._args.certificate_arn,
                tls_policy=self._args.tls_policy,
                security_group_id=self.security_group_id,
                tags=self._args.tags,
            )
            self._trials[trial.port] = trial, listener.arn
        return self._trials[trial.port][1]

    def _security_group(self) -> aws.ec2.SecurityGroup:
        # Policies take this tag as the leave to be open to the world.
        edge = {"plinth:edge": "true"} if self._args.ingress.open_to_the_world else {}
        return closed_security_group(
            self,
            self.component_name,
            vpc_id=self._args.vpc_id,
            description=f"Entrance {self.component_name}",
            tags={**self._args.tags, **edge},
        )

    def _balancer(self) -> aws.lb.LoadBalancer:
        args = self._args
        return aws.lb.LoadBalancer(
            names.fit(self.component_name, names.LOAD_BALANCER),
            load_balancer_type="application",
            internal=args.internal,
            ip_address_type="dualstack" if args.ipv6 else None,
            subnets=args.subnet_ids,
            security_groups=[self.security_group_id],
            drop_invalid_header_fields=True,
            desync_mitigation_mode="defensive",
            enable_deletion_protection=args.deletion_protection,
            idle_timeout=args.idle_timeout_seconds,
            access_logs=self._access_logs(),
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )

    def _access_logs(self) -> aws.lb.LoadBalancerAccessLogsArgsDict | None:
        bucket = self._args.access_log_bucket
        return (
            {"bucket": bucket, "prefix": self.component_name, "enabled": True} if bucket is not None else None
        )

    def _guard(self, balancer: aws.lb.LoadBalancer) -> None:
        self.web_acl_arn = self.web_acl_name = None
        if self._args.waf is not None:
            acl = regional_firewall(
                self, self.component_name, self._args.waf, self._args.tags, resource_arn=balancer.arn
            )
            self.web_acl_arn, self.web_acl_name = acl.arn, acl.name

    def _redirect(self, balancer: aws.lb.LoadBalancer) -> None:
        aws.lb.Listener(
            f"{self.component_name}-http",
            load_balancer_arn=balancer.arn,
            port=HTTP,
            protocol="HTTP",
            default_actions=[
                {
                    "type": "redirect",
                    "redirect": {"port": str(HTTPS), "protocol": "HTTPS", "status_code": "HTTP_301"},
                }
            ],
            tags={**self._args.tags, "Name": f"{self.component_name}-http"},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _listen(self, balancer: aws.lb.LoadBalancer) -> aws.lb.Listener:
        return aws.lb.Listener(
            f"{self.component_name}-https",
            load_balancer_arn=balancer.arn,
            port=HTTPS,
            protocol="HTTPS",
            certificate_arn=self._args.certificate_arn,
            ssl_policy=self._args.tls_policy,
            mutual_authentication=mutual_authentication(self._args.ingress),
            **response_headers(self._args.headers),
            # Targets come by rules, so that adding or moving one never touches the listener.
            default_actions=[
                {
                    "type": "fixed-response",
                    "fixed_response": {"content_type": "text/plain", "status_code": "404"},
                }
            ],
            tags={**self._args.tags, "Name": f"{self.component_name}-https"},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _priority(self, name: str, default: bool, hosts: bool, paths: bool) -> int:
        check_place(name, default, hosts, paths, taken=_LAST_PRIORITY in self._priorities)
        specific = [priority for priority in self._priorities if priority != _LAST_PRIORITY]
        priority = _LAST_PRIORITY if default else _PRIORITY_STEP * (len(specific) + 1)
        self._priorities.append(priority)
        return priority

    def _register(self) -> None:
        self.register_outputs(
            {
                "arn": self.arn,
                "arn_suffix": self.arn_suffix,
                "dns_name": self.dns_name,
                "zone_id": self.zone_id,
                "security_group_id": self.security_group_id,
                "https_listener_arn": self.https_listener_arn,
            }
        )
