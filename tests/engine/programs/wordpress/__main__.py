"""WordPress on Fargate, with RDS for MySQL and EFS behind it."""

import pulumi
import pulumi_aws as aws
from network import Network
from service import WordPress
from storage import Database, DatabaseArgs, Files

config = pulumi.Config()
db = config.require_object("db")
name = f"wp-{pulumi.get_stack()}"

network = Network(f"{name}-net", config.get("vpc_cidr") or "10.0.0.0/16")

load_balancer_sg = aws.ec2.SecurityGroup(
    f"{name}-lb-sg",
    vpc_id=network.vpc.id,
    description="HTTP from anywhere",
    ingress=[
        aws.ec2.SecurityGroupIngressArgs(
            protocol="tcp",
            from_port=port,
            to_port=port,
            cidr_blocks=["0.0.0.0/0"],
            ipv6_cidr_blocks=["::/0"],
        )
        for port in (80, 443)
    ],
    egress=[
        aws.ec2.SecurityGroupEgressArgs(protocol="-1", from_port=0, to_port=0, cidr_blocks=["0.0.0.0/0"])
    ],
)
service_sg = aws.ec2.SecurityGroup(
    f"{name}-service-sg",
    vpc_id=network.vpc.id,
    description="HTTP from the load balancer",
    ingress=[{"protocol": "tcp", "from_port": 80, "to_port": 80, "security_groups": [load_balancer_sg.id]}],
    egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
)

database = Database(
    f"{name}-db",
    DatabaseArgs(
        vpc=network.vpc,
        subnets=network.private_subnets,
        client_security_group=service_sg,
        instance_class=db["instance_class"],
        allocated_storage=db["allocated_storage"],
    ),
)
files = Files(f"{name}-files", network.vpc, network.private_subnets, service_sg)

# The keys and salts that WordPress signs its cookies with: made once, never changed.
salts = aws.secretsmanager.Secret(f"{name}-salts", description="Cookie salts", recovery_window_in_days=7)
aws.secretsmanager.SecretVersion(
    f"{name}-salts",
    secret_id=salts.id,
    secret_string=aws.secretsmanager.get_random_password_output(
        password_length=64, exclude_punctuation=True
    ).random_password,
    opts=pulumi.ResourceOptions(ignore_changes=["secret_string"]),
)

site = WordPress(
    name,
    network=network,
    load_balancer_sg=load_balancer_sg,
    service_sg=service_sg,
    database=database,
    files=files,
    image=config.get("image") or "wordpress:latest",
    desired_count=config.get_int("desired_count") or 1,
)

pulumi.export("url", pulumi.Output.concat("http://", site.load_balancer.dns_name))
pulumi.export("vpc_id", network.vpc.id)
pulumi.export("cluster", site.cluster.name)
pulumi.export("service", site.service.name)
pulumi.export("log_group", site.logs.name)
pulumi.export("db_name", database.instance.identifier)
pulumi.export("db_host", database.instance.address)
pulumi.export("db_port", database.instance.port)
pulumi.export("db_secret", pulumi.Output.secret(database.secret_arn))
