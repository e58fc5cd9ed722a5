"""A VPC with everything that belongs to every VPC: subnets, flow logs, network ACLs."""

import ipaddress
import json

import pulumi
import pulumi_aws as aws


def carve(cidr, quarter, prefix, count):
    """`count` blocks of length `prefix` out of a quarter of `cidr`."""
    network = list(ipaddress.ip_network(cidr).subnets(prefixlen_diff=2))[quarter]
    return [str(block) for block in list(network.subnets(new_prefix=prefix))[:count]]


class FlowLogRole(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("network:index:FlowLogRole", name, None, opts)
        self.role = aws.iam.Role(
            name,
            name_prefix="flow-logs-",
            assume_role_policy=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": {
                        "Effect": "Allow",
                        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    },
                }
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.iam.RolePolicy(
            name,
            role=self.role.name,
            policy=aws.iam.get_policy_document(
                statements=[
                    aws.iam.GetPolicyDocumentStatementArgs(
                        effect="Allow",
                        actions=[
                            "logs:CreateLogStream",
                            "logs:PutLogEvents",
                            "logs:DescribeLogGroups",
                            "logs:DescribeLogStreams",
                        ],
                        resources=["*"],
                    )
                ]
            ).json,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"arn": self.role.arn})


class Vpc(pulumi.ComponentResource):
    """`tiers` maps the name of a tier to the prefix length of its subnets."""

    def __init__(self, name, cidr, zones, tiers, flow_log_role, opts=None):
        super().__init__("network:index:Vpc", name, None, opts)
        self.name, self.cidr, self.zones = name, cidr, zones
        self.subnets, self.route_tables = {}, {}

        self.vpc = aws.ec2.Vpc(
            name,
            cidr_block=cidr,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )
        for number, (tier, prefix) in enumerate(tiers.items()):
            self._tier(tier, carve(cidr, number, prefix, len(zones)))
        self._flow_log(flow_log_role)
        self.register_outputs({"vpc_id": self.vpc.id})

    def _tier(self, tier, blocks):
        below = pulumi.ResourceOptions(parent=self.vpc, delete_before_replace=True)
        table = aws.ec2.RouteTable(
            f"{self.name}-{tier}", vpc_id=self.vpc.id, tags={"Name": f"{self.name}-{tier}"}, opts=below
        )
        self.route_tables[tier] = table
        self.subnets[tier] = []
        for zone, block in zip(self.zones, blocks, strict=True):
            name = f"{self.name}-{tier}-{zone[-1]}"
            subnet = aws.ec2.Subnet(
                name,
                vpc_id=self.vpc.id,
                availability_zone=zone,
                cidr_block=block,
                tags={"Name": name, "Tier": tier},
                opts=below,
            )
            aws.ec2.RouteTableAssociation(
                name, subnet_id=subnet.id, route_table_id=table.id, opts=pulumi.ResourceOptions(parent=subnet)
            )
            self.subnets[tier].append(subnet)

    def _flow_log(self, role):
        logs = aws.cloudwatch.LogGroup(
            f"{self.name}-flow-logs", retention_in_days=30, opts=pulumi.ResourceOptions(parent=self)
        )
        aws.ec2.FlowLog(
            self.name,
            vpc_id=self.vpc.id,
            traffic_type="ALL",
            log_destination=logs.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
            opts=pulumi.ResourceOptions(parent=self.vpc),
        )

    def guard(self, tier, allowed):
        """A network ACL of its own for a tier: only `allowed` comes in."""
        return aws.ec2.NetworkAcl(
            f"{self.name}-{tier}",
            vpc_id=self.vpc.id,
            subnet_ids=[subnet.id for subnet in self.subnets[tier]],
            ingress=[
                aws.ec2.NetworkAclIngressArgs(
                    protocol="-1",
                    rule_no=100 + 10 * number,
                    action="allow",
                    cidr_block=cidr,
                    from_port=0,
                    to_port=0,
                )
                for number, cidr in enumerate(allowed)
            ]
            + [
                aws.ec2.NetworkAclIngressArgs(
                    protocol="tcp",
                    rule_no=900,
                    action="allow",
                    cidr_block="0.0.0.0/0",
                    from_port=1024,
                    to_port=65535,
                )
            ],
            egress=[
                aws.ec2.NetworkAclEgressArgs(
                    protocol="-1", rule_no=100, action="allow", cidr_block="0.0.0.0/0", from_port=0, to_port=0
                )
            ],
            tags={"Name": f"{self.name}-{tier}"},
            opts=pulumi.ResourceOptions(parent=self.vpc),
        )

    def endpoints(self, services, tier):
        """S3 by the route table, everything else by an interface in every zone."""
        region = aws.get_region_output().region
        security_group = None
        for service in services:
            name = f"{self.name}-{service}"
            service_name = pulumi.Output.format("com.amazonaws.{0}.{1}", region, service)
            if service in ("s3", "dynamodb"):
                aws.ec2.VpcEndpoint(
                    name,
                    vpc_id=self.vpc.id,
                    service_name=service_name,
                    vpc_endpoint_type="Gateway",
                    route_table_ids=[self.route_tables[tier].id],
                    opts=pulumi.ResourceOptions(parent=self.vpc),
                )
                continue
            if security_group is None:
                security_group = aws.ec2.SecurityGroup(
                    f"{self.name}-endpoints",
                    vpc_id=self.vpc.id,
                    description="HTTPS from the VPC",
                    opts=pulumi.ResourceOptions(parent=self.vpc),
                )
                aws.ec2.SecurityGroupRule(
                    f"{self.name}-endpoints",
                    type="ingress",
                    security_group_id=security_group.id,
                    protocol="tcp",
                    from_port=443,
                    to_port=443,
                    cidr_blocks=[self.cidr],
                    opts=pulumi.ResourceOptions(parent=security_group),
                )
            aws.ec2.VpcEndpoint(
                name,
                vpc_id=self.vpc.id,
                service_name=service_name,
                vpc_endpoint_type="Interface",
                subnet_ids=[subnet.id for subnet in self.subnets[tier]],
                security_group_ids=[security_group.id],
                private_dns_enabled=True,
                opts=pulumi.ResourceOptions(parent=self.vpc),
            )
