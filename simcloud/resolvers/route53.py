"""What other resources name of Route 53."""

from __future__ import annotations

from simcloud.resolver import Resolver
from simcloud.resolvers.cloudwatch import log_group

# Kept by simcloud itself: moto has no DNS Firewall.
_GROUP = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
_LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"

RESOLVERS = {
    "hosted_zone": Resolver(
        "NoSuchHostedZone",
        "No hosted zone found with ID: {value}",
        lambda ctx, value: ctx.client("route53").get_hosted_zone(Id=value),
        given_out=True,
    ),
    "delegation_set": Resolver(
        "NoSuchDelegationSet",
        "The specified delegation set does not exist: {value}",
        lambda ctx, value: ctx.client("route53").get_reusable_delegation_set(Id=value),
        given_out=True,
    ),
    "query_log_group": Resolver(
        "NoSuchCloudWatchLogsLogGroup",
        "The specified CloudWatch Logs log group doesn't exist: {value}",
        log_group,
    ),
    "firewall_rule_group": Resolver(
        "ResourceNotFoundException",
        "The firewall rule group {value} does not exist.",
        lambda ctx, value: ctx.store.get(_GROUP, value) is not None,
        given_out=True,
    ),
    "firewall_domain_list": Resolver(
        "ResourceNotFoundException",
        "The firewall domain list {value} does not exist.",
        lambda ctx, value: ctx.store.get(_LIST, value) is not None,
        given_out=True,
    ),
    "health_check": Resolver(
        "NoSuchHealthCheck",
        "No health check exists with the specified ID: {value}",
        lambda ctx, value: ctx.client("route53").get_health_check(HealthCheckId=value),
    ),
}
