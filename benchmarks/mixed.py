"""A Pulumi program with as many resources as asked for, of the kinds that a product is made of."""

from __future__ import annotations

BLOCK = 20
"""Resources that one turn of the loop makes; two more come before it."""

_PROGRAM = """\
import json

import pulumi
import pulumi_aws as aws


def trusting(service):
    statement = {{"Effect": "Allow", "Principal": {{"Service": service}}, "Action": "sts:AssumeRole"}}
    return json.dumps({{"Version": "2012-10-17", "Statement": [statement]}})


READ = json.dumps(
    {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}]}}
)
vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16")
zone = aws.route53.Zone("main", name="example.com")
for n in range({blocks}):
    name, tags = f"{prefix}-{{n}}", {{"Name": f"{prefix}-{{n}}"}}
    role = aws.iam.Role(name, assume_role_policy=trusting("ecs-tasks.amazonaws.com"), tags=tags)
    aws.iam.RolePolicy(name, role=role.id, policy=READ)
    aws.cloudwatch.LogGroup(name, name=f"/{prefix}/{{n}}", retention_in_days=30, tags=tags)
    topic = aws.sns.Topic(name, tags=tags)
    aws.cloudwatch.MetricAlarm(
        name, name=name, comparison_operator="GreaterThanThreshold", evaluation_periods=1, period=60,
        metric_name="CPUUtilization", namespace="AWS/ECS", statistic="Average", threshold=80,
        alarm_actions=[topic.arn],
    )
    subnet = aws.ec2.Subnet(name, vpc_id=vpc.id, cidr_block=f"10.0.{{n}}.0/24", tags=tags)
    group = aws.ec2.SecurityGroup(name, vpc_id=vpc.id, description=name, tags=tags)
    for port in (80, 443):
        aws.vpc.SecurityGroupIngressRule(
            f"{{name}}-{{port}}", security_group_id=group.id, ip_protocol="tcp", from_port=port, to_port=port,
            cidr_ipv4="10.0.0.0/8", description="from inside",
        )
    aws.vpc.SecurityGroupEgressRule(
        name, security_group_id=group.id, ip_protocol="tcp", from_port=443, to_port=443,
        cidr_ipv4="0.0.0.0/0", description="to the world",
    )
    bucket = aws.s3.Bucket(name, bucket=f"benchmark-{{name}}", tags=tags)
    aws.s3.BucketVersioning(name, bucket=bucket.id, versioning_configuration={{"status": "Enabled"}})
    aws.s3.BucketPublicAccessBlock(name, bucket=bucket.id, block_public_acls=True, block_public_policy=True)
    key = aws.kms.Key(name, description=name, enable_key_rotation=True, tags=tags)
    aws.kms.Alias(name, name=f"alias/{{name}}", target_key_id=key.id)
    aws.secretsmanager.Secret(name, name=name, kms_key_id=key.id, tags=tags)
    aws.lb.TargetGroup(name, vpc_id=vpc.id, port=80, protocol="HTTP", target_type="ip", tags=tags)
    aws.ecs.TaskDefinition(
        name, family=name, cpu="256", memory="512", network_mode="awsvpc",
        requires_compatibilities=["FARGATE"],
        container_definitions=json.dumps([{{"name": "app", "image": "app:1", "essential": True}}]),
    )
    aws.route53.Record(name, zone_id=zone.id, name=f"{{name}}.example.com", type="A", ttl=60, records=["10.0.0.1"])
    aws.ecr.Repository(name, name=name, tags=tags)
"""


def program(resources: int, prefix: str = "app") -> str:
    """A `__main__.py` that declares `resources` resources, rounded down to whole blocks of 20 and two.

    Two programs can stand in one cloud if their prefixes differ.
    """
    return _PROGRAM.format(blocks=resources // BLOCK, prefix=prefix)
