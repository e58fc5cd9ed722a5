"""The quotas as data: what AWS allows by default, and how much of it is used."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud import quota_counts as counts
from simcloud.quota_counts import Used, given, items, one_more, one_more_of


@dataclass(frozen=True)
class Quota:
    """One quota. `used` counts with the resource that is about to be made."""

    name: str
    title: str
    per: str
    value: int
    code: str
    tokens: tuple[str, ...]
    used: Used
    property: str = ""
    source: str = "from memory of AWS's documentation, not verified"


_VPC = "AWS: «Amazon VPC quotas», VPC User Guide, read 2026-11"
_ALB = "AWS: «Quotas for your Application Load Balancers», ELB User Guide, read 2026-11"
_RDS = "AWS: «Quotas and constraints for Amazon RDS», RDS User Guide, read 2026-11"
_WAF = "AWS: «AWS WAF quotas», WAF Developer Guide, read 2026-11"
_IAM = "AWS: «IAM and AWS STS quotas», as quoted by an article, read 2026-11"

QUOTAS: tuple[Quota, ...] = (
    Quota("vpc.vpcs-per-region", "VPCs", "per region", 5, "VpcLimitExceeded",
          ("aws:ec2/vpc:Vpc",), one_more_of("ec2", counts.own_vpcs), source=_VPC),
    Quota("vpc.internet-gateways-per-region", "internet gateways", "per region", 5, "InternetGatewayLimitExceeded",
          ("aws:ec2/internetGateway:InternetGateway",), one_more_of("ec2", counts.own_internet_gateways), source=_VPC),
    # AWS's default is 5, which is one VPC with a NAT gateway in each of three zones and no second one. simcloud
    # starts with what the five VPCs of the default need.
    Quota("ec2.elastic-ips-per-region", "Elastic IP addresses", "per region", 15, "AddressLimitExceeded",
          ("aws:ec2/eip:Eip",), one_more("ec2", "addresses"), source=f"{_VPC}: 5; raised to 3 for each of 5 VPCs"),
    Quota("vpc.nat-gateways-per-zone", "NAT gateways", "per availability zone", 5, "NatGatewayLimitExceeded",
          ("aws:ec2/natGateway:NatGateway",), one_more_of("ec2", counts.nat_gateways_of_zone), "subnetId", _VPC),
    Quota("vpc.subnets-per-vpc", "subnets", "per VPC", 200, "SubnetLimitExceeded",
          ("aws:ec2/subnet:Subnet",), one_more_of("ec2", counts.subnets_of_vpc), "vpcId", _VPC),
    Quota("vpc.route-tables-per-vpc", "route tables", "per VPC", 200, "RouteTableLimitExceeded",
          ("aws:ec2/routeTable:RouteTable",), one_more_of("ec2", counts.tables_of_vpc), "vpcId"),
    Quota("vpc.routes-per-table", "routes", "per route table", 500, "RouteLimitExceeded",
          ("aws:ec2/route:Route",), one_more_of("ec2", counts.routes_of_table), "routeTableId"),
    Quota("vpc.network-acls-per-vpc", "network ACLs", "per VPC", 200, "NetworkAclLimitExceeded",
          ("aws:ec2/networkAcl:NetworkAcl",), one_more_of("ec2", counts.acls_of_vpc), "vpcId"),
    Quota("vpc.security-groups-per-region", "security groups", "per region", 2500, "SecurityGroupLimitExceeded",
          ("aws:ec2/securityGroup:SecurityGroup",), one_more_of("ec2", counts.groups)),
    Quota("vpc.security-groups-per-interface", "security groups", "per network interface", 5,
          "SecurityGroupsPerInterfaceLimitExceeded", ("aws:lb/loadBalancer:LoadBalancer",),
          items("securityGroups"), "securityGroups"),
    # Held by the patch of moto's security groups, where every rule passes, and where a prefix list counts as many.
    Quota("vpc.rules-per-security-group", "rules", "per security group and direction", 60,
          "RulesPerSecurityGroupLimitExceeded", (), items("rules"), source=_VPC),
    Quota("vpc.interface-endpoints-per-vpc", "interface endpoints", "per VPC", 50, "VpcEndpointLimitExceeded",
          ("aws:ec2/vpcEndpoint:VpcEndpoint",),
          one_more_of("ec2", counts.endpoints("Interface"), when=given("vpcEndpointType", "Interface")), "vpcId"),
    Quota("vpc.gateway-endpoints-per-region", "gateway endpoints", "per region", 20, "VpcEndpointLimitExceeded",
          ("aws:ec2/vpcEndpoint:VpcEndpoint",),
          one_more_of("ec2", counts.endpoints("Gateway"), when=given("vpcEndpointType", "Gateway")),
          source="AWS: «Amazon Virtual Private Cloud endpoints and quotas», General Reference, read 2026-11"),
    Quota("elb.application-load-balancers-per-region", "Application Load Balancers", "per region", 50,
          "TooManyLoadBalancers", ("aws:lb/loadBalancer:LoadBalancer",),
          one_more_of("elbv2", counts.balancers("application"), when=given("loadBalancerType", "application")),
          source=_ALB),
    Quota("elb.network-load-balancers-per-region", "Network Load Balancers", "per region", 50,
          "TooManyLoadBalancers", ("aws:lb/loadBalancer:LoadBalancer",),
          one_more_of("elbv2", counts.balancers("network"), when=given("loadBalancerType", "network"))),
    Quota("elb.target-groups-per-region", "target groups", "per region", 3000, "TooManyTargetGroups",
          ("aws:lb/targetGroup:TargetGroup",), one_more("elbv2", "target_groups"), source=_ALB),
    Quota("elb.listeners-per-load-balancer", "listeners", "per load balancer", 50, "TooManyListeners",
          ("aws:lb/listener:Listener",), one_more_of("elbv2", counts.listeners), "loadBalancerArn", _ALB),
    Quota("elb.rules-per-load-balancer", "rules", "per load balancer", 100, "TooManyRules",
          ("aws:lb/listenerRule:ListenerRule",), one_more_of("elbv2", counts.listener_rules), "listenerArn"),
    Quota("elb.certificates-per-load-balancer", "certificates", "per load balancer", 25, "TooManyCertificates",
          ("aws:lb/listenerCertificate:ListenerCertificate",),
          one_more_of("elbv2", counts.listener_certificates), "certificateArn", _ALB),
    Quota("rds.instances-per-region", "DB instances", "per region", 40, "InstanceQuotaExceeded",
          ("aws:rds/instance:Instance",), one_more("rds", "databases"), source=_RDS),
    # AWS: «Read replicas per master: 5» in the quota table; RDS for MySQL and PostgreSQL allow up to 15.
    Quota("rds.read-replicas-per-source", "read replicas", "per source", 15, "InstanceQuotaExceeded",
          ("aws:rds/instance:Instance",),
          one_more_of("rds", counts.replicas, when=given("replicateSourceDb")), "replicateSourceDb"),
    Quota("rds.subnet-groups-per-region", "DB subnet groups", "per region", 50, "DBSubnetGroupQuotaExceeded",
          ("aws:rds/subnetGroup:SubnetGroup",), one_more("rds", "subnet_groups"), source=_RDS),
    Quota("rds.subnets-per-group", "subnets", "per DB subnet group", 20, "DBSubnetQuotaExceededFault",
          ("aws:rds/subnetGroup:SubnetGroup",), items("subnetIds"), "subnetIds", _RDS),
    Quota("rds.parameter-groups-per-region", "DB parameter groups", "per region", 50,
          "DBParameterGroupQuotaExceeded", ("aws:rds/parameterGroup:ParameterGroup",),
          one_more("rds", "db_parameter_groups"), source=_RDS),
    Quota("rds.proxies-per-region", "DB proxies", "per region", 20, "DBProxyQuotaExceededFault",
          ("aws:rds/proxy:Proxy",), one_more("rds", "db_proxies"), source=_RDS),
    Quota("rds.event-subscriptions-per-region", "event subscriptions", "per region", 20,
          "EventSubscriptionQuotaExceeded", ("aws:rds/eventSubscription:EventSubscription",),
          one_more("rds", "event_subscriptions"), source=_RDS),
    Quota("rds.security-groups-per-instance", "VPC security groups", "per DB instance", 5,
          "InvalidParameterCombination", ("aws:rds/instance:Instance",), items("vpcSecurityGroupIds"),
          "vpcSecurityGroupIds", _RDS),
    Quota("elasticache.nodes-per-cluster", "nodes", "per replication group", 90, "NodeQuotaForClusterExceeded",
          ("aws:elasticache/replicationGroup:ReplicationGroup",), counts.cache_nodes),
    Quota("elasticache.subnet-groups-per-region", "cache subnet groups", "per region", 300,
          "CacheSubnetGroupQuotaExceeded", ("aws:elasticache/subnetGroup:SubnetGroup",),
          one_more("elasticache", "cache_subnet_groups")),
    Quota("elasticache.parameter-groups-per-region", "cache parameter groups", "per region", 300,
          "CacheParameterGroupQuotaExceeded", ("aws:elasticache/parameterGroup:ParameterGroup",),
          counts.recorded("aws:elasticache/parameterGroup:ParameterGroup", regional=True)),
    Quota("s3.buckets", "buckets", "per account", 10000, "TooManyBuckets",
          ("aws:s3/bucket:Bucket",), one_more("s3", "buckets", "aws")),
    Quota("iam.roles", "roles", "per account", 1000, "LimitExceeded",
          ("aws:iam/role:Role",), one_more("iam", "roles", "aws"), source=_IAM),
    Quota("iam.policies", "customer managed policies", "per account", 1500, "LimitExceeded",
          ("aws:iam/policy:Policy",), one_more_of("iam", counts.own_policies, "aws"), source=_IAM),
    Quota("iam.managed-policies-per-role", "managed policies", "per role", 10, "LimitExceeded",
          ("aws:iam/rolePolicyAttachment:RolePolicyAttachment",),
          one_more_of("iam", counts.other_policies_of_role, "aws"), "policyArn", _IAM),
    Quota("iam.instance-profiles", "instance profiles", "per account", 1000, "LimitExceeded",
          ("aws:iam/instanceProfile:InstanceProfile",), one_more("iam", "instance_profiles", "aws")),
    Quota("iam.open-id-connect-providers", "OpenID Connect providers", "per account", 100, "LimitExceeded",
          ("aws:iam/openIdConnectProvider:OpenIdConnectProvider",), one_more("iam", "open_id_providers", "aws")),
    Quota("kms.keys-per-region", "KMS keys", "per region", 100000, "LimitExceededException",
          ("aws:kms/key:Key",), one_more("kms", "keys")),
    Quota("secretsmanager.secrets-per-region", "secrets", "per region", 500000, "LimitExceededException",
          ("aws:secretsmanager/secret:Secret",), one_more("secretsmanager", "secrets")),
    Quota("acm.certificates-per-region", "certificates", "per region", 2500, "LimitExceededException",
          ("aws:acm/certificate:Certificate",), one_more("acm", "_certificates")),
    Quota("route53.hosted-zones", "hosted zones", "per account", 500, "TooManyHostedZones",
          ("aws:route53/zone:Zone",), one_more("route53", "zones", "aws")),
    Quota("route53.health-checks", "health checks", "per account", 200, "TooManyHealthChecks",
          ("aws:route53/healthCheck:HealthCheck",), one_more("route53", "health_checks", "aws")),
    Quota("cloudfront.distributions", "distributions", "per account", 200, "TooManyDistributions",
          ("aws:cloudfront/distribution:Distribution",), one_more("cloudfront", "distributions", "aws")),
    Quota("cloudfront.functions", "functions", "per account", 100, "TooManyFunctions",
          ("aws:cloudfront/function:Function",), one_more("cloudfront", "functions", "aws")),
    Quota("cloudfront.cache-policies", "cache policies", "per account", 20, "TooManyCachePolicies",
          ("aws:cloudfront/cachePolicy:CachePolicy",), counts.recorded("aws:cloudfront/cachePolicy:CachePolicy")),
    Quota("cloudfront.origin-access-controls", "origin access controls", "per account", 100,
          "TooManyOriginAccessControls", ("aws:cloudfront/originAccessControl:OriginAccessControl",),
          one_more("cloudfront", "origin_access_controls", "aws")),
    Quota("wafv2.web-acls-per-region", "web ACLs", "per region", 100, "WAFLimitsExceededException",
          ("aws:wafv2/webAcl:WebAcl",), one_more("wafv2", "wacls"), source=_WAF),
    Quota("wafv2.ip-sets-per-region", "IP sets", "per region", 100, "WAFLimitsExceededException",
          ("aws:wafv2/ipSet:IpSet",), one_more("wafv2", "ip_sets"), source=_WAF),
    Quota("cloudwatch.alarms-per-region", "metric alarms", "per region", 5000, "LimitExceeded",
          ("aws:cloudwatch/metricAlarm:MetricAlarm",), one_more("cloudwatch", "alarms")),
    Quota("cloudwatch.dashboards", "dashboards", "per account", 5000, "LimitExceeded",
          ("aws:cloudwatch/dashboard:Dashboard",), one_more("cloudwatch", "dashboards")),
    Quota("logs.log-groups-per-region", "log groups", "per region", 1000000, "LimitExceededException",
          ("aws:cloudwatch/logGroup:LogGroup",), one_more("logs", "groups")),
    Quota("logs.metric-filters-per-group", "metric filters", "per log group", 100, "LimitExceededException",
          ("aws:cloudwatch/logMetricFilter:LogMetricFilter",),
          one_more_of("logs", counts.filters_of_group), "logGroupName"),
    Quota("sns.topics-per-region", "topics", "per region", 100000, "TopicLimitExceeded",
          ("aws:sns/topic:Topic",), one_more("sns", "topics")),
    Quota("ecs.clusters-per-region", "clusters", "per region", 10000, "LimitExceededException",
          ("aws:ecs/cluster:Cluster",), one_more("ecs", "clusters")),
    Quota("ecr.repositories-per-region", "repositories", "per region", 100000, "LimitExceededException",
          ("aws:ecr/repository:Repository",), one_more("ecr", "repositories")),
)  # fmt: skip
