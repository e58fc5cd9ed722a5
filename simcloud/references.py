"""Whether what a property names exists: one resolver per kind of thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import Binding, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value


@dataclass(frozen=True)
class Resolver:
    """How AWS says that a thing is not there, and how to look."""

    code: str
    message: str
    look: Callable[[Context, str], Any]


# What AWS gives out: who knows such an id has it from something that exists.
_GIVEN_OUT = frozenset(
    {
        "certificate", "eip", "hosted_zone", "internet_gateway", "kms_key", "listener", "load_balancer", "nat_gateway",
        "network_acl", "prefix_list", "route_table", "security_group", "subnet", "target_group", "vpc", "vpc_endpoint",
    }
)  # fmt: skip


def unresolved(ctx: Context, binding: Binding, props: Props, *, names: bool) -> Iterator[Refusal]:
    """References in `props` that are known and lead nowhere.

    Names that people choose are looked up only with `names`, when the resource is made: at preview, what they name may
    be about to be made by the same deployment.
    """
    for reference in binding.references:
        if reference.kind not in _GIVEN_OUT and not names:
            continue
        for path, value in _values(props, reference):
            if not isinstance(value, str) or not value or (value.startswith("alias/") and not names):
                continue
            if not _exists(ctx, reference.kind, value):
                resolver = RESOLVERS[reference.kind]
                yield Refusal(resolver.code, resolver.message.format(value=value), path)


def _values(props: Props, reference: Reference) -> Iterator[tuple[str, Value]]:
    yield from _walk(props, re.findall(r"\w+|\[\]", reference.path), "")


def _walk(value: Value, steps: list[str], path: str) -> Iterator[tuple[str, Value]]:
    if not steps:
        yield path, value
    elif steps[0] == "[]" and isinstance(value, list):
        for position, item in enumerate(value):
            yield from _walk(item, steps[1:], f"{path}[{position}]")
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _walk(value[steps[0]], steps[1:], f"{path}.{steps[0]}" if path else steps[0])


def _exists(ctx: Context, kind: str, value: str) -> bool:
    """Whether it is there. What was seen is not looked up again until something is removed."""
    seen = (kind, ctx.region, value)
    if seen not in ctx.cloud.seen and _look(ctx, kind, value):
        ctx.cloud.seen.add(seen)
    return seen in ctx.cloud.seen


def _look(ctx: Context, kind: str, value: str) -> bool:
    arn = re.match(r"arn:[^:]+:[^:]+:([^:]+):", value)
    try:
        found = RESOLVERS[kind].look(ctx.in_region(arn.group(1) if arn else None), value)
    except ClientError:
        return False
    return found is not False


def _ec2(operation: str, argument: str) -> Callable[[Context, str], Any]:
    return lambda ctx, value: getattr(ctx.client("ec2"), operation)(**{argument: [value]})


def _role_by_arn(ctx: Context, value: str) -> Any:
    return ctx.client("iam").get_role(RoleName=value.rsplit("/", 1)[-1])


def _kms_key(ctx: Context, value: str) -> Any:
    return ctx.client("kms").describe_key(KeyId=value)


def _log_group(ctx: Context, value: str) -> bool:
    name = value.split(":log-group:", 1)[-1].removesuffix(":*")
    groups = ctx.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return any(group["logGroupName"] == name for group in groups)


def _web_acl(ctx: Context, value: str) -> bool:
    scope = "CLOUDFRONT" if ":global/" in value else "REGIONAL"
    listed = ctx.client("wafv2").list_web_acls(Scope=scope)["WebACLs"]
    return any(acl["ARN"] == value for acl in listed)


def _waf_log_destination(ctx: Context, value: str) -> Any:
    if ":log-group:" in value:
        return _log_group(ctx, value)
    name = value.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
    if ":s3:::" in value:
        return ctx.client("s3").head_bucket(Bucket=value.split(":::", 1)[-1].split("/", 1)[0])
    return ctx.client("firehose").describe_delivery_stream(DeliveryStreamName=name)


RESOLVERS: dict[str, Resolver] = {
    "vpc": Resolver(
        "InvalidVpcID.NotFound", "The vpc ID '{value}' does not exist", _ec2("describe_vpcs", "VpcIds")
    ),
    "subnet": Resolver(
        "InvalidSubnetID.NotFound",
        "The subnet ID '{value}' does not exist",
        _ec2("describe_subnets", "SubnetIds"),
    ),
    "security_group": Resolver(
        "InvalidGroup.NotFound",
        "The security group '{value}' does not exist",
        _ec2("describe_security_groups", "GroupIds"),
    ),
    "internet_gateway": Resolver(
        "InvalidInternetGatewayID.NotFound",
        "The internetGateway ID '{value}' does not exist",
        _ec2("describe_internet_gateways", "InternetGatewayIds"),
    ),
    "nat_gateway": Resolver(
        "NatGatewayNotFound",
        "The Nat Gateway {value} was not found",
        _ec2("describe_nat_gateways", "NatGatewayIds"),
    ),
    "route_table": Resolver(
        "InvalidRouteTableID.NotFound",
        "The routeTable ID '{value}' does not exist",
        _ec2("describe_route_tables", "RouteTableIds"),
    ),
    "eip": Resolver(
        "InvalidAllocationID.NotFound",
        "The allocation ID '{value}' does not exist",
        _ec2("describe_addresses", "AllocationIds"),
    ),
    "prefix_list": Resolver(
        "InvalidPrefixListID.NotFound",
        "The prefix list ID '{value}' does not exist",
        lambda ctx, value: bool(
            ctx.client("ec2").describe_managed_prefix_lists(PrefixListIds=[value])["PrefixLists"]
        ),
    ),
    "network_acl": Resolver(
        "InvalidNetworkAclID.NotFound",
        "The networkAcl ID '{value}' does not exist",
        _ec2("describe_network_acls", "NetworkAclIds"),
    ),
    "vpc_endpoint": Resolver(
        "InvalidVpcEndpointId.NotFound",
        "The Vpc Endpoint Id '{value}' does not exist",
        _ec2("describe_vpc_endpoints", "VpcEndpointIds"),
    ),
    "role": Resolver("NoSuchEntity", "The role {value} cannot be found.", _role_by_arn),
    "policy": Resolver(
        "NoSuchEntity",
        "Policy {value} does not exist or is not attachable.",
        lambda ctx, value: ctx.client("iam").get_policy(PolicyArn=value),
    ),
    "kms_key": Resolver("NotFoundException", "Key '{value}' does not exist", _kms_key),
    "certificate": Resolver(
        "CertificateNotFound",
        "Certificate '{value}' not found",
        lambda ctx, value: ctx.client("acm").describe_certificate(CertificateArn=value),
    ),
    "load_balancer": Resolver(
        "LoadBalancerNotFound",
        "Load balancer '{value}' not found",
        lambda ctx, value: ctx.client("elbv2").describe_load_balancers(LoadBalancerArns=[value]),
    ),
    "target_group": Resolver(
        "TargetGroupNotFound",
        "Target group '{value}' not found",
        lambda ctx, value: ctx.client("elbv2").describe_target_groups(TargetGroupArns=[value]),
    ),
    "listener": Resolver(
        "ListenerNotFound",
        "Listener '{value}' not found",
        lambda ctx, value: ctx.client("elbv2").describe_listeners(ListenerArns=[value]),
    ),
    "bucket": Resolver(
        "NoSuchBucket",
        "The specified bucket does not exist: {value}",
        lambda ctx, value: ctx.client("s3").head_bucket(Bucket=value),
    ),
    "secret": Resolver(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret: {value}",
        lambda ctx, value: ctx.client("secretsmanager").describe_secret(SecretId=value),
    ),
    "topic": Resolver(
        "NotFound",
        "Topic does not exist: {value}",
        lambda ctx, value: ctx.client("sns").get_topic_attributes(TopicArn=value),
    ),
    "hosted_zone": Resolver(
        "NoSuchHostedZone",
        "No hosted zone found with ID: {value}",
        lambda ctx, value: ctx.client("route53").get_hosted_zone(Id=value),
    ),
    "health_check": Resolver(
        "NoSuchHealthCheck",
        "No health check exists with the specified ID: {value}",
        lambda ctx, value: ctx.client("route53").get_health_check(HealthCheckId=value),
    ),
    "log_group": Resolver(
        "ResourceNotFoundException",
        "The specified log group does not exist: {value}",
        _log_group,
    ),
    "db_subnet_group": Resolver(
        "DBSubnetGroupNotFoundFault",
        "DB subnet group '{value}' does not exist.",
        lambda ctx, value: ctx.client("rds").describe_db_subnet_groups(DBSubnetGroupName=value),
    ),
    "db_parameter_group": Resolver(
        "DBParameterGroupNotFound",
        "DBParameterGroup not found: {value}",
        lambda ctx, value: (
            value.startswith("default.")
            or ctx.client("rds").describe_db_parameter_groups(DBParameterGroupName=value)
        ),
    ),
    "db_instance": Resolver(
        "DBInstanceNotFound",
        "DBInstance {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_instances(
            DBInstanceIdentifier=value.rsplit(":", 1)[-1]
        ),
    ),
    "db_proxy": Resolver(
        "DBProxyNotFoundFault",
        "DBProxy {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_proxies(DBProxyName=value),
    ),
    "db_snapshot": Resolver(
        "DBSnapshotNotFound",
        "DBSnapshot {value} not found.",
        lambda ctx, value: ctx.client("rds").describe_db_snapshots(
            DBSnapshotIdentifier=value.rsplit(":", 1)[-1]
        ),
    ),
    "cache_subnet_group": Resolver(
        "CacheSubnetGroupNotFoundFault",
        "CacheSubnetGroup {value} not found.",
        lambda ctx, value: ctx.client("elasticache").describe_cache_subnet_groups(CacheSubnetGroupName=value),
    ),
    "ecs_cluster": Resolver(
        "ClusterNotFoundException",
        "Cluster not found: {value}",
        lambda ctx, value: any(
            cluster["status"] == "ACTIVE"
            for cluster in ctx.client("ecs").describe_clusters(clusters=[value])["clusters"]
        ),
    ),
    "ecr_repository": Resolver(
        "RepositoryNotFoundException",
        "The repository with name '{value}' does not exist in the registry",
        lambda ctx, value: ctx.client("ecr").describe_repositories(repositoryNames=[value]),
    ),
    "task_definition": Resolver(
        "ClientException",
        "Unable to describe task definition {value}",
        lambda ctx, value: ctx.client("ecs").describe_task_definition(taskDefinition=value),
    ),
    "web_acl": Resolver(
        "WAFNonexistentItemException",
        "AWS WAF couldn’t perform the operation because your resource doesn’t exist: {value}.",
        _web_acl,
    ),
    "web_acl_target": Resolver(
        "WAFNonexistentItemException",
        "AWS WAF couldn’t perform the operation because your resource doesn’t exist: {value}.",
        lambda ctx, value: (
            ":loadbalancer/" not in value
            or ctx.client("elbv2").describe_load_balancers(LoadBalancerArns=[value])
        ),
    ),
    "waf_log_destination": Resolver(
        "WAFLogDestinationPermissionIssueException",
        "AWS WAF couldn’t deliver logs: the destination {value} does not exist.",
        _waf_log_destination,
    ),
}
