"""What is in an account, beyond what every account has."""

from __future__ import annotations

from typing import Any, Protocol


class Account(Protocol):
    """Whoever has boto3 clients of it."""

    def client(self, service: str) -> Any: ...


def inventory(account: Account) -> dict[str, list[str]]:
    """Names or ids by kind, over the AWS API; kinds of which there are none are left out."""
    every = {**_network(account), **_data(account), **_services(account)}
    return {kind: sorted(found) for kind, found in every.items() if found}


def own_vpcs(account: Account) -> list[dict[str, Any]]:
    """All VPCs but the default one."""
    vpcs: list[dict[str, Any]] = account.client("ec2").describe_vpcs()["Vpcs"]
    return [vpc for vpc in vpcs if not vpc["IsDefault"]]


def _network(account: Account) -> dict[str, list[str]]:
    ec2 = account.client("ec2")
    own = [{"Name": "vpc-id", "Values": [vpc["VpcId"] for vpc in own_vpcs(account)] or ["none"]}]
    return {
        "vpcs": [vpc["VpcId"] for vpc in own_vpcs(account)],
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
            account, "elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerName"
        ),
        "target groups": _names(account, "elbv2", "describe_target_groups", "TargetGroups", "TargetGroupName"),
    }


def _data(account: Account) -> dict[str, list[str]]:
    return {
        "databases": _names(account, "rds", "describe_db_instances", "DBInstances", "DBInstanceIdentifier"),
        "database subnets": _names(
            account, "rds", "describe_db_subnet_groups", "DBSubnetGroups", "DBSubnetGroupName"
        ),
        "snapshots": _names(account, "rds", "describe_db_snapshots", "DBSnapshots", "DBSnapshotIdentifier"),
        "caches": _names(
            account, "elasticache", "describe_replication_groups", "ReplicationGroups", "ReplicationGroupId"
        ),
        "buckets": _names(account, "s3", "list_buckets", "Buckets", "Name"),
        "secrets": _names(account, "secretsmanager", "list_secrets", "SecretList", "Name"),
    }


def _services(account: Account) -> dict[str, list[str]]:
    distributions = account.client("cloudfront").list_distributions()["DistributionList"].get("Items", [])
    acls = account.client("wafv2").list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    return {
        "roles": _names(account, "iam", "list_roles", "Roles", "RoleName"),
        "clusters": account.client("ecs").list_clusters()["clusterArns"],
        "images": _names(account, "ecr", "describe_repositories", "repositories", "repositoryName"),
        "log groups": _names(account, "logs", "describe_log_groups", "logGroups", "logGroupName"),
        "alarms": _names(account, "cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
        "dashboards": _names(account, "cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
        "topics": _names(account, "sns", "list_topics", "Topics", "TopicArn"),
        "zones": _names(account, "route53", "list_hosted_zones", "HostedZones", "Name"),
        "certificates": _names(account, "acm", "list_certificates", "CertificateSummaryList", "DomainName"),
        "distributions": [item["Id"] for item in distributions],
        "web acls": [item["Name"] for item in acls],
    }


def _names(account: Account, service: str, call: str, listed: str, name: str) -> list[str]:
    return [item[name] for item in getattr(account.client(service), call)()[listed]]
