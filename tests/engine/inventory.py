"""What is in an account, beyond what every account has."""

from __future__ import annotations

from typing import Any

from tests.engine.bench import Bench


def inventory(bench: Bench) -> dict[str, list[str]]:
    """Names or ids by kind, over the AWS API; kinds of which there are none are left out."""
    every = {**_network(bench), **_data(bench), **_services(bench)}
    return {kind: sorted(found) for kind, found in every.items() if found}


def own_vpcs(bench: Bench) -> list[dict[str, Any]]:
    """All VPCs but the default one."""
    vpcs: list[dict[str, Any]] = bench.client("ec2").describe_vpcs()["Vpcs"]
    return [vpc for vpc in vpcs if not vpc["IsDefault"]]


def _network(bench: Bench) -> dict[str, list[str]]:
    ec2 = bench.client("ec2")
    own = [{"Name": "vpc-id", "Values": [vpc["VpcId"] for vpc in own_vpcs(bench)] or ["none"]}]
    return {
        "vpcs": [vpc["VpcId"] for vpc in own_vpcs(bench)],
        "subnets": [item["SubnetId"] for item in ec2.describe_subnets(Filters=own)["Subnets"]],
        "security groups": [
            item["GroupId"] for item in ec2.describe_security_groups(Filters=own)["SecurityGroups"]
        ],
        "addresses": [item["AllocationId"] for item in ec2.describe_addresses()["Addresses"]],
        "nat gateways": [
            item["NatGatewayId"]
            for item in ec2.describe_nat_gateways()["NatGateways"]
            if item["State"] != "deleted"
        ],
        "load balancers": _names(
            bench, "elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerName"
        ),
        "target groups": _names(bench, "elbv2", "describe_target_groups", "TargetGroups", "TargetGroupName"),
    }


def _data(bench: Bench) -> dict[str, list[str]]:
    return {
        "databases": _names(bench, "rds", "describe_db_instances", "DBInstances", "DBInstanceIdentifier"),
        "database subnets": _names(
            bench, "rds", "describe_db_subnet_groups", "DBSubnetGroups", "DBSubnetGroupName"
        ),
        "snapshots": _names(bench, "rds", "describe_db_snapshots", "DBSnapshots", "DBSnapshotIdentifier"),
        "caches": _names(
            bench, "elasticache", "describe_replication_groups", "ReplicationGroups", "ReplicationGroupId"
        ),
        "buckets": _names(bench, "s3", "list_buckets", "Buckets", "Name"),
        "secrets": _names(bench, "secretsmanager", "list_secrets", "SecretList", "Name"),
    }


def _services(bench: Bench) -> dict[str, list[str]]:
    distributions = bench.client("cloudfront").list_distributions()["DistributionList"].get("Items", [])
    acls = bench.client("wafv2").list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    return {
        "roles": _names(bench, "iam", "list_roles", "Roles", "RoleName"),
        "clusters": bench.client("ecs").list_clusters()["clusterArns"],
        "images": _names(bench, "ecr", "describe_repositories", "repositories", "repositoryName"),
        "log groups": _names(bench, "logs", "describe_log_groups", "logGroups", "logGroupName"),
        "alarms": _names(bench, "cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
        "dashboards": _names(bench, "cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
        "topics": _names(bench, "sns", "list_topics", "Topics", "TopicArn"),
        "zones": _names(bench, "route53", "list_hosted_zones", "HostedZones", "Name"),
        "certificates": _names(bench, "acm", "list_certificates", "CertificateSummaryList", "DomainName"),
        "distributions": [item["Id"] for item in distributions],
        "web acls": [item["Name"] for item in acls],
    }


def _names(bench: Bench, service: str, call: str, listed: str, name: str) -> list[str]:
    return [item[name] for item in getattr(bench.client(service), call)()[listed]]
