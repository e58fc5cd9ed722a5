from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

from . import _attributes
from ._attributes import Attribute, boolean

_COMMON = {
    "enableDeletionProtection": Attribute("deletion_protection.enabled", boolean),
    "enableCrossZoneLoadBalancing": Attribute("load_balancing.cross_zone.enabled", boolean),
    "enableZonalShift": Attribute("zonal_shift.config.enabled", boolean),
}
_APPLICATION = {
    "clientKeepAlive": Attribute("client_keep_alive.seconds", int),
    "desyncMitigationMode": Attribute("routing.http.desync_mitigation_mode"),
    "dropInvalidHeaderFields": Attribute("routing.http.drop_invalid_header_fields.enabled", boolean),
    "enableHttp2": Attribute("routing.http2.enabled", boolean),
    "enableTlsVersionAndCipherSuiteHeaders": Attribute(
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", boolean
    ),
    "enableWafFailOpen": Attribute("waf.fail_open.enabled", boolean),
    "enableXffClientPort": Attribute("routing.http.xff_client_port.enabled", boolean),
    "idleTimeout": Attribute("idle_timeout.timeout_seconds", int),
    "preserveHostHeader": Attribute("routing.http.preserve_host_header.enabled", boolean),
    "xffHeaderProcessingMode": Attribute("routing.http.xff_header_processing.mode"),
}
_NETWORK = {"dnsRecordClientRoutingPolicy": Attribute("dns_record.client_routing_policy")}
_LOGS = {
    "accessLogs": "access_logs",
    "connectionLogs": "connection_logs",
    "healthCheckLogs": "health_check_logs",
}
_RANGES = {"idleTimeout": (1, 4000), "clientKeepAlive": (60, 604800)}
_CHOICES = {
    "desyncMitigationMode": ("monitor", "defensive", "strictest"),
    "xffHeaderProcessingMode": ("append", "preserve", "remove"),
    "dnsRecordClientRoutingPolicy": (
        "any_availability_zone",
        "availability_zone_affinity",
        "partial_availability_zone_affinity",
    ),
}


class LoadBalancer(Binding):
    """An application or network load balancer."""

    token = "aws:lb/loadBalancer:LoadBalancer"
    service = "elbv2"
    operation = "create_load_balancer"
    parameters = {"Type": "loadBalancerType"}
    replaces = frozenset({"customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"})
    defaults = {
        "clientKeepAlive": 3600,
        "desyncMitigationMode": "defensive",
        "dnsRecordClientRoutingPolicy": "any_availability_zone",
        "dropInvalidHeaderFields": False,
        "enableDeletionProtection": False,
        "enableHttp2": True,
        "enableTlsVersionAndCipherSuiteHeaders": False,
        "enableWafFailOpen": False,
        "enableXffClientPort": False,
        "enableZonalShift": False,
        "idleTimeout": 60,
        "internal": False,
        "loadBalancerType": "application",
        "preserveHostHeader": False,
        "xffHeaderProcessingMode": "append",
    }
    autoname = AutoName(limit=32)
    tagging = tagging.ELB
    protected_by = "enableDeletionProtection"
    faults = {
        "DuplicateLoadBalancerName": "name",
        "InvalidConfigurationRequest: for bucket": "accessLogs.bucket",
        "InvalidConfigurationRequest: subnets": "subnets",
        "InvalidSecurityGroup": "securityGroups",
        "InvalidSubnet": "subnets",
    }
    references = (
        Reference("subnets[]", "subnet"),
        Reference("subnetMappings[].subnetId", "subnet"),
        Reference("subnetMappings[].allocationId", "eip"),
        Reference("securityGroups[]", "security_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Name": new.get("name"),
                "Subnets": new.get("subnets") or None,
                "SubnetMappings": _mappings(new.get("subnetMappings")),
                "SecurityGroups": new.get("securityGroups") or None,
                "Scheme": "internal" if new.get("internal") is True else "internet-facing",
                "Type": new["loadBalancerType"],
                "IpAddressType": new.get("ipAddressType"),
                "CustomerOwnedIpv4Pool": new.get("customerOwnedIpv4Pool"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["LoadBalancers"][0]["LoadBalancerArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        elb = ctx.client("elbv2")
        attributes = _attributes.changed(_table(new), new, old) + _log_attributes(new, old)
        if attributes:
            elb.modify_load_balancer_attributes(LoadBalancerArn=identity, Attributes=attributes)
        if not old:
            return
        for name, call in _SETTERS.items():
            if new.get(name) and new[name] != old.get(name):
                getattr(elb, call[0])(LoadBalancerArn=identity, **{call[1]: new[name]})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        elb = ctx.client("elbv2")
        found = elb.describe_load_balancers(LoadBalancerArns=[identity])["LoadBalancers"][0]
        attributes = _attributes.as_map(
            elb.describe_load_balancer_attributes(LoadBalancerArn=identity)["Attributes"]
        )
        subnets = [zone["SubnetId"] for zone in found["AvailabilityZones"]]
        return {
            "arn": identity,
            "arnSuffix": identity.split(":loadbalancer/", 1)[-1],
            "dnsName": found["DNSName"],
            "internal": found["Scheme"] == "internal",
            "ipAddressType": found["IpAddressType"],
            "loadBalancerType": found["Type"],
            "name": found["LoadBalancerName"],
            "namePrefix": given.get("namePrefix") or "",
            "securityGroups": found.get("SecurityGroups") or [],
            "subnetMappings": given.get("subnetMappings") or [{"subnetId": subnet} for subnet in subnets],
            "subnets": subnets,
            "vpcId": found["VpcId"],
            "zoneId": found["CanonicalHostedZoneId"],
            "enablePrefixForIpv6SourceNat": given.get("enablePrefixForIpv6SourceNat") or "",
            "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "",
            "secondaryIpsAutoAssignedPerSubnet": 0,
            **_attributes.read(_table({"loadBalancerType": found["Type"]}), attributes),
            **{name: _log(attributes, key, given.get(name)) for name, key in _LOGS.items()},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        elb = ctx.client("elbv2")
        elb.describe_load_balancers(LoadBalancerArns=[identity])
        elb.delete_load_balancer(LoadBalancerArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from name_problems(new.get("name"), "Load balancer")
        yield from _subnet_problems(ctx, new)
        for name, (low, high) in _RANGES.items():
            value = new.get(name)
            if value is not None and is_known(value) and not low <= int(value) <= high:
                yield Refusal("InvalidConfigurationRequest", f"{name} must be {low} to {high} seconds.", name)
        for name, choices in _CHOICES.items():
            if isinstance(new.get(name), str) and new[name] not in choices:
                yield Refusal(
                    "InvalidConfigurationRequest", f"{name} must be one of: {', '.join(choices)}.", name
                )
        for name in _LOGS:
            log = new.get(name)
            if isinstance(log, Mapping) and isinstance(log.get("prefix"), str) and "AWSLogs" in log["prefix"]:
                yield Refusal(
                    "InvalidConfigurationRequest", "a log prefix cannot include AWSLogs.", f"{name}.prefix"
                )


_SETTERS = {
    "securityGroups": ("set_security_groups", "SecurityGroups"),
    "subnets": ("set_subnets", "Subnets"),
    "ipAddressType": ("set_ip_address_type", "IpAddressType"),
}


def name_problems(name: Any, what: str) -> Iterator[Refusal]:
    """What is wrong with a given name: 32 letters, digits and hyphens, none at the ends."""
    # AWS: API reference of CreateLoadBalancer and CreateTargetGroup (botocore 1.44.5), read 2026-11
    if not isinstance(name, str):
        return
    if len(name) > 32:
        yield Refusal(
            "ValidationError", f"{what} name '{name}' cannot be longer than '32' characters", "name"
        )
    if not re.fullmatch(r"[A-Za-z0-9-]+", name):
        yield Refusal(
            "ValidationError", f"{what} name '{name}' can only contain letters, digits and hyphens", "name"
        )
    if name.startswith(("-", "internal-")) or name.endswith("-"):
        yield Refusal(
            "ValidationError",
            f"{what} name '{name}' cannot begin or end with '-' nor begin with 'internal-'",
            "name",
        )


def _subnet_problems(ctx: Context, new: Props) -> Iterator[Refusal]:
    subnets, mappings = new.get("subnets"), new.get("subnetMappings")
    if subnets is not None and mappings is not None:
        text = "only one of subnets and subnetMappings can be given."
        yield Refusal("InvalidParameterCombination", text, "subnetMappings")
    if subnets is None and mappings is None:
        yield Refusal("ValidationError", "subnets or subnetMappings must be specified", "subnets")
    elif isinstance(subnets, list) and new.get("loadBalancerType") == "application" and len(subnets) < 2:
        yield Refusal(
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            "subnets",
        )
    elif isinstance(subnets, list) and is_known(subnets):
        yield from _zone_problems(ctx, subnets)
        if new.get("loadBalancerType") == "application":
            yield from _size_problems(ctx, subnets)


def _zone_problems(ctx: Context, subnets: list[str]) -> Iterator[Refusal]:
    found = ctx.client("ec2").describe_subnets(Filters=[{"Name": "subnet-id", "Values": subnets}])["Subnets"]
    zones = [subnet["AvailabilityZone"] for subnet in found]
    if len(set(zones)) != len(zones):
        yield Refusal(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
            "subnets",
        )


def _size_problems(ctx: Context, subnets: list[str]) -> Iterator[Refusal]:
    # AWS: «Subnets for your load balancer», ELB User Guide: at least a /27; from memory of the documentation.
    found = ctx.client("ec2").describe_subnets(Filters=[{"Name": "subnet-id", "Values": subnets}])["Subnets"]
    for subnet in found:
        if int(subnet["CidrBlock"].rsplit("/", 1)[-1]) > 27:
            text = f"Not enough IP space available in {subnet['SubnetId']}: ELB requires a /27 at least."
            yield Refusal("InvalidSubnet", text, f"subnets[{subnets.index(subnet['SubnetId'])}]")


def _table(new: Props) -> dict[str, Attribute]:
    if new["loadBalancerType"] == "application":
        return {
            **{name: item for name, item in _COMMON.items() if name != "enableCrossZoneLoadBalancing"},
            **_APPLICATION,
        }
    return {**_COMMON, **(_NETWORK if new["loadBalancerType"] == "network" else {})}


def _log_attributes(new: Props, old: Props) -> list[dict[str, str]]:
    attributes = []
    for name, key in _LOGS.items():
        if new.get(name) == old.get(name):
            continue
        log = new.get(name) or {"enabled": False}
        if log.get("enabled", False):
            values = {"enabled": "true", "bucket": log["bucket"], "prefix": log.get("prefix") or ""}
        else:
            values = {"enabled": "false"}
        attributes += [{"Key": f"{key}.s3.{part}", "Value": value} for part, value in values.items()]
    return attributes


def _log(attributes: Mapping[str, str], key: str, given: Any) -> Props | None:
    if not attributes.get(f"{key}.s3.bucket"):
        # A log that is given and off leaves no trace of its bucket.
        return dict(given) if given and not given.get("enabled") else None
    return {
        "enabled": attributes.get(f"{key}.s3.enabled") == "true",
        "bucket": attributes[f"{key}.s3.bucket"],
        "prefix": attributes.get(f"{key}.s3.prefix", ""),
    }


def _mappings(given: Any) -> Any:
    names = {
        "subnetId": "SubnetId",
        "allocationId": "AllocationId",
        "privateIpv4Address": "PrivateIPv4Address",
        "ipv6Address": "IPv6Address",
    }
    if not isinstance(given, list) or not given:
        return None
    return [
        without_none({api: item.get(name) for name, api in names.items()})
        for item in given
        if isinstance(item, Mapping)
    ]
