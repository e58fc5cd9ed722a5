"""A network with a few things in it."""

import pulumi
import pulumi_aws as aws

config = pulumi.Config()
queues = config.get_int("queues") or 8

vpc = aws.ec2.Vpc("main", cidr_block="10.20.0.0/16", enable_dns_hostnames=True, tags={"Name": "small"})
for number, zone in enumerate(aws.get_availability_zones(state="available").names[:2]):
    aws.ec2.Subnet(f"zone-{number}", vpc_id=vpc.id, cidr_block=f"10.20.{number}.0/24", availability_zone=zone)
group = aws.ec2.SecurityGroup("web", vpc_id=vpc.id, description="the web")
aws.vpc.SecurityGroupIngressRule(
    "https", security_group_id=group.id, ip_protocol="tcp", from_port=443, to_port=443, cidr_ipv4="10.0.0.0/8"
)
bucket = aws.s3.Bucket("files")
aws.s3.BucketVersioning("files", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
for number in range(queues):
    aws.sqs.Queue(f"work-{number}", visibility_timeout_seconds=60)

pulumi.export("vpc_id", vpc.id)
pulumi.export("bucket", bucket.id)
