"""Load balancers as ELB answers them, and what it refuses."""

from __future__ import annotations

from typing import Any

from moto.backends import get_backend
from moto.elbv2.exceptions import (
    DuplicateListenerError,
    DuplicateLoadBalancerName,
    ELBClientError,
    InvalidConfigurationRequest,
)
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer

from simcloud.patches import around

# AWS: «Elastic Load Balancing endpoints and quotas»: zones of the DNS names; not verified.
_APPLICATION_ZONES = {
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5",
    "ca-central-1": "ZQSVJUPU6J1EY",
    "eu-central-1": "Z215JYRZR1TBD5",
    "eu-north-1": "Z23TAZ6LKFMNIO",
    "eu-west-1": "Z32O12XQLNTSW2",
    "eu-west-2": "ZHURV8PSTC4K8",
    "eu-west-3": "Z3Q77PNBQS71R4",
    "ap-northeast-1": "Z14GRHDCWA56QT",
    "ap-south-1": "ZP97RAFLXTNZK",
    "ap-southeast-1": "Z1LMS91P8CMLE5",
    "ap-southeast-2": "Z1GM3OXH4ZPM65",
    "sa-east-1": "Z2P70J7HTTTPLU",
}
_NETWORK_ZONES = {
    "us-east-1": "Z26RNL4JYFTOTI",
    "us-east-2": "ZLMOA37VPKANP",
    "us-west-2": "Z18D5FSROUN65G",
    "eu-central-1": "Z3F0SRJ5LGBH90",
    "eu-west-1": "Z2IFOLAFXWLO4F",
}
_LOGS = ("access_logs", "connection_logs", "health_check_logs")
_APPLICATION_ATTRIBUTES = {
    "client_keep_alive.seconds": "3600",
    "idle_timeout.timeout_seconds": "60",
    "load_balancing.cross_zone.enabled": "true",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
    **{
        f"{log}.s3.{key}": "false" if key == "enabled" else ""
        for log in _LOGS
        for key in ("enabled", "bucket", "prefix")
    },
}
_NETWORK_ATTRIBUTES = {
    "access_logs.s3.enabled": "false",
    "dns_record.client_routing_policy": "any_availability_zone",
    "zonal_shift.config.enabled": "false",
}
_LISTENER_ATTRIBUTES = {"routing.http.response.server.enabled": "true"}
# Access logs are written by this service or, in older regions, by an account of ELB's.
_LOG_WRITERS = ("logdelivery.elasticloadbalancing.amazonaws.com", "127311923021", "elasticloadbalancing")

FakeLoadBalancer.VALID_ATTRS |= {"health_check_logs.s3.bucket", "health_check_logs.s3.prefix"}


@around(ELBv2Backend)
def create_load_balancer(
    original: Any, self: Any, name: str, security_groups: list[str], *args: Any, **kwargs: Any
) -> Any:
    """AWS: names are unique, groups exist, zones differ, attributes have defaults; moto: looks at the subnets only."""
    if any(balancer.name == name for balancer in self.load_balancers.values()):
        raise DuplicateLoadBalancerName
    tags = kwargs.pop("tags", None)
    balancer = original(self, name, security_groups, *args, **kwargs)
    try:
        _check_groups(self, balancer)
        _check_zones(balancer)
    except ELBClientError:
        self.load_balancers.pop(balancer.arn)
        raise
    _complete(self, balancer)
    self.tagging_service.tag_resource(balancer.arn, tags)
    return balancer


@around(ELBv2Backend)
def delete_load_balancer(original: Any, self: Any, arn: str) -> None:
    """AWS: a protected load balancer stays; moto: it goes."""
    balancer = self.load_balancers.get(arn)
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        raise ELBClientError(
            "OperationNotPermitted",
            f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        )
    original(self, arn)


@around(ELBv2Backend)
def modify_load_balancer_attributes(original: Any, self: Any, arn: str, attrs: dict[str, Any]) -> Any:
    """AWS: writes a test object to the log bucket; moto: believes that it could."""
    for log in _LOGS:
        if attrs.get(f"{log}.s3.enabled") == "true":
            _check_bucket(self, attrs.get(f"{log}.s3.bucket", ""))
    return original(self, arn, attrs)


@around(ELBv2Backend)
def create_listener(
    original: Any, self: Any, load_balancer_arn: str, protocol: str, port: Any, *args: Any, **kwargs: Any
) -> Any:
    """AWS: a port has one listener, HTTPS an issued certificate, HTTP listeners attributes; moto: neither."""
    balancer = self.load_balancers.get(load_balancer_arn)
    if balancer is not None and any(str(other.port) == str(port) for other in balancer.listeners.values()):
        raise DuplicateListenerError
    if protocol in ("HTTPS", "TLS"):
        _check_certificate(self, kwargs.get("certificate"))
    if balancer is not None:
        _check_targets(self, balancer, kwargs.get("actions"))
    listener = original(self, load_balancer_arn, protocol, port, *args, **kwargs)
    if protocol not in ("HTTPS", "TLS"):
        listener.ssl_policy = None
    if protocol in ("HTTP", "HTTPS"):
        listener.attributes = dict(_LISTENER_ATTRIBUTES)
    return listener


@around(ELBv2Backend)
def create_rule(
    original: Any, self: Any, listener_arn: str, conditions: Any, priority: Any, actions: Any, **kwargs: Any
) -> Any:
    """AWS: target groups fit the load balancer; moto: any do."""
    for listener in self.describe_listeners(None, [listener_arn]):
        _check_targets(self, self.load_balancers[listener.load_balancer_arn], actions)
    return original(self, listener_arn, conditions, priority, actions, **kwargs)


@around(ELBv2Backend)
def modify_listener(original: Any, self: Any, arn: str, *args: Any, **kwargs: Any) -> Any:
    """AWS: target groups fit the load balancer; moto: any do, and it forgets that HTTP needs no policy."""
    actions = args[4] if len(args) > 4 else kwargs.get("actions")
    for listener in self.describe_listeners(None, [arn]):
        _check_targets(self, self.load_balancers[listener.load_balancer_arn], actions)
    return original(self, arn, *args, **kwargs)


@around(ELBv2Backend)
def describe_target_groups(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """AWS: a group names the load balancers that use it now; moto: all that ever did, some of them twice."""
    for group in self.target_groups.values():
        group.load_balancer_arns = [
            balancer.arn
            for balancer in self.load_balancers.values()
            if _forwards_to(self, balancer, group.arn)
        ]
    return original(self, *args, **kwargs)


@around(ELBv2Backend)
def add_tags(original: Any, self: Any, resource_arns: list[str], tags: list[dict[str, str]]) -> None:
    """AWS: 50 tags; moto: 10."""
    for arn in resource_arns:
        self._get_resource_by_arn(arn)
        self.tagging_service.tag_resource(arn, tags)


def _check_groups(self: Any, balancer: Any) -> None:
    if balancer.type == "application" and not balancer.security_groups:
        balancer.security_groups = [
            self.ec2_backend.get_security_group_from_name("default", balancer.vpc_id).id
        ]
    for group_id in balancer.security_groups or ():
        group = self.ec2_backend.get_security_group_from_id(group_id)
        if group is None or group.vpc_id != balancer.vpc_id:
            raise ELBClientError(
                "InvalidSecurityGroup", f"One or more security groups are invalid: {group_id}"
            )


def _check_zones(balancer: Any) -> None:
    zones = [subnet.availability_zone for subnet in balancer.subnets]
    if len(set(zones)) != len(zones):
        raise InvalidConfigurationRequest(
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
        )
    if balancer.type == "application" and len(zones) < 2:
        raise ELBClientError(
            "ValidationError", "At least two subnets in two different Availability Zones must be specified"
        )
    if {subnet.vpc_id for subnet in balancer.subnets} != {balancer.vpc_id}:
        raise InvalidConfigurationRequest("All subnets must belong to the same VPC")
    if balancer.scheme == "internet-facing":
        _check_internet(balancer)


def _check_internet(balancer: Any) -> None:
    backend = balancer.subnets[0].ec2_backend
    attached = [
        gateway.id
        for gateway in backend.internet_gateways.values()
        if gateway.vpc and gateway.vpc.id == balancer.vpc_id
    ]
    if not attached:
        raise ELBClientError("InvalidSubnet", f"VPC {balancer.vpc_id} has no internet gateway")


def _complete(self: Any, balancer: Any) -> None:
    kind = {"network": "net", "gateway": "gwy"}.get(balancer.type, "app")
    self.load_balancers.pop(balancer.arn)
    balancer.arn = balancer.arn.replace("/app/", f"/{kind}/")
    self.load_balancers[balancer.arn] = balancer
    number = int(balancer.arn.rsplit("/", 1)[-1], 16)
    prefix = "internal-" if balancer.scheme == "internal" else ""
    zones = _APPLICATION_ZONES if kind == "app" else _NETWORK_ZONES
    balancer.canonical_hosted_zone_id = zones.get(self.region_name, "Z2P70J7EXAMPLE")
    if kind == "app":
        balancer.dns_name = f"{prefix}{balancer.name}-{number % 10**10}.{self.region_name}.elb.amazonaws.com"
        balancer.attrs = {**balancer.attrs, **_APPLICATION_ATTRIBUTES}
    else:
        balancer.dns_name = f"{balancer.name}-{number:016x}.elb.{self.region_name}.amazonaws.com"
        balancer.attrs = {**balancer.attrs, **_NETWORK_ATTRIBUTES}


def _check_bucket(self: Any, name: str) -> None:
    buckets = get_backend("s3")[self.account_id][self.partition].buckets
    policy = buckets[name].policy if name in buckets else None
    text = policy.decode() if isinstance(policy, bytes) else str(policy or "")
    if not any(writer in text for writer in _LOG_WRITERS):
        raise InvalidConfigurationRequest(
            f"Access Denied for bucket: {name}. Please check S3bucket permission"
        )


@around(ELBv2Backend)
def add_listener_certificates(original: Any, self: Any, arn: str, certificates: Any) -> Any:
    """AWS: only issued certificates are presented; moto: any."""
    for certificate in certificates:
        _check_certificate(self, certificate["CertificateArn"])
    return original(self, arn, certificates)


def _check_certificate(self: Any, arn: str | None) -> None:
    if not arn:
        raise ELBClientError("ValidationError", "A certificate must be specified for HTTPS listeners")
    found = get_backend("acm")[self.account_id][self.region_name]._certificates.get(arn)
    if found is not None:
        found.check()
    if found is not None and found.status != "ISSUED":
        raise ELBClientError(
            "UnsupportedCertificate",
            f"The certificate '{arn}' must have a fully-qualified domain name, a supported signature, and a supported "
            "key size: it is not issued.",
        )


def _check_targets(self: Any, balancer: Any, actions: Any) -> None:
    named = [arn for action in actions or () for arn in self._get_target_group_arns_from(action_data=action)]
    for group in (self.target_groups[arn] for arn in named if arn in self.target_groups):
        if group.vpc_id not in (None, balancer.vpc_id):
            raise InvalidConfigurationRequest(
                f"The following target groups are in a different VPC than load balancer '{balancer.arn}': {group.arn}"
            )
        if balancer.type == "application" and group.protocol not in (None, "HTTP", "HTTPS"):
            raise InvalidConfigurationRequest(
                f"The protocol '{group.protocol}' of target group '{group.arn}' does not fit the load balancer"
            )
        others = [other.arn for other in self.load_balancers.values() if other is not balancer]
        if any(_forwards_to(self, self.load_balancers[arn], group.arn) for arn in others):
            raise ELBClientError(
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load balancer: "
                + group.arn,
            )


def _forwards_to(self: Any, balancer: Any, group: str) -> bool:
    return any(
        group in self._get_target_group_arns_from(action_data=action.data)
        for listener in balancer.listeners.values()
        for rule in listener.rules.values()
        for action in rule.actions
    )
