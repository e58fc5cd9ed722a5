from __future__ import annotations

from typing import Any

from simcloud import tagging
from simcloud.bindings.lb.load_balancer import LoadBalancer
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_load_balancer(ctx: Context, args: Props) -> Props:
    """A load balancer by ARN, name or tags."""
    arn = _arn(ctx, args)
    found = LoadBalancer().read(ctx, arn, {}) or {}
    return {
        **{name: found[name] for name in _SAME if name in found},
        **{name: default for name, default in _ABSENT.items() if found.get(name) is None},
        "accessLogs": found.get("accessLogs") or {"bucket": "", "enabled": False, "prefix": ""},
        "connectionLogs": [found["connectionLogs"]] if found.get("connectionLogs") else [],
        "healthCheckLogs": [found["healthCheckLogs"]] if found.get("healthCheckLogs") else [],
        "id": arn,
        "region": ctx.region,
        "subnetMappings": [{**_EMPTY_MAPPING, **mapping} for mapping in found["subnetMappings"]],
        "tags": tagging.ELB.current(ctx, arn),
    }


_SAME = (
    "arn",
    "arnSuffix",
    "clientKeepAlive",
    "desyncMitigationMode",
    "dnsName",
    "dnsRecordClientRoutingPolicy",
    "dropInvalidHeaderFields",
    "enableCrossZoneLoadBalancing",
    "enableDeletionProtection",
    "enableHttp2",
    "enablePrefixForIpv6SourceNat",
    "enableTlsVersionAndCipherSuiteHeaders",
    "enableWafFailOpen",
    "enableXffClientPort",
    "enableZonalShift",
    "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
    "idleTimeout",
    "internal",
    "ipAddressType",
    "loadBalancerType",
    "name",
    "preserveHostHeader",
    "secondaryIpsAutoAssignedPerSubnet",
    "securityGroups",
    "subnets",
    "vpcId",
    "xffHeaderProcessingMode",
    "zoneId",
)
# What application load balancers have and network load balancers lack, and the other way round.
_ABSENT: Props = {
    "clientKeepAlive": 0,
    "customerOwnedIpv4Pool": "",
    "desyncMitigationMode": "",
    "dnsRecordClientRoutingPolicy": "",
    "dropInvalidHeaderFields": False,
    "enableCrossZoneLoadBalancing": True,
    "enableHttp2": False,
    "enableTlsVersionAndCipherSuiteHeaders": False,
    "enableWafFailOpen": False,
    "enableXffClientPort": False,
    "idleTimeout": 0,
    "ipamPools": [],
    "preserveHostHeader": False,
    "xffHeaderProcessingMode": "",
}
_EMPTY_MAPPING = {"allocationId": "", "ipv6Address": "", "outpostId": "", "privateIpv4Address": ""}


def _arn(ctx: Context, args: Props) -> str:
    elb = ctx.client("elbv2")
    if not any(args.get(name) for name in ("arn", "name", "tags")):
        raise Refusal("MissingParameter", "one of arn, name and tags is needed.", "arn")
    found: list[Any] = elb.describe_load_balancers()["LoadBalancers"]
    fitting = [
        balancer["LoadBalancerArn"]
        for balancer in found
        if args.get("arn") in (None, "", balancer["LoadBalancerArn"])
        and args.get("name") in (None, "", balancer["LoadBalancerName"])
        and (args.get("tags") or {}).items() <= tagging.ELB.current(ctx, balancer["LoadBalancerArn"]).items()
    ]
    return str(_one.only(fitting, "ELBv2 Load Balancer"))
