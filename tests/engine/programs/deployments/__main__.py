"""A service behind a gateway, deployed as the stack's configuration says."""

import pulumi
import pulumi_aws as aws

from components.certificate import Certificate, CertificateArgs
from components.cluster import Cluster, ClusterArgs
from components.dns import Dns, DnsArgs
from components.gateway import Gateway, GatewayArgs, Ingress
from components.service import (
    BlueGreen,
    Canary,
    Linear,
    Rolling,
    Route,
    Scaling,
    Service,
    ServiceArgs,
)

STRATEGIES = {
    "rolling": Rolling(),
    "pair": Rolling(pair=True),
    "blue-green": BlueGreen(),
    "canary": Canary(percent=5, canary_minutes=3),
    "linear": Linear(percent=25),
}

vpc = aws.ec2.Vpc("app", cidr_block="10.0.0.0/16")
gateway_out = aws.ec2.InternetGateway("app", vpc_id=vpc.id)
subnets = [
    aws.ec2.Subnet(
        zone,
        vpc_id=vpc.id,
        cidr_block=f"10.0.{number}.0/24",
        availability_zone=f"us-east-1{zone}",
        opts=pulumi.ResourceOptions(depends_on=[gateway_out]),
    )
    for number, zone in enumerate("ab")
]
dns = Dns("app-dns", DnsArgs(zone_name="example.org"))
gateway = Gateway(
    "app-gateway",
    GatewayArgs(
        vpc_id=vpc.id,
        subnet_ids=[subnet.id for subnet in subnets],
        certificate_arn=Certificate(
            "app-cert", CertificateArgs(domain_name="example.org", zone_id=dns.zone_id)
        ).arn,
        ingress=Ingress(cidrs=["203.0.113.0/24"]),
        deletion_protection=False,
    ),
)
service = Service(
    "app-web",
    ServiceArgs(
        cluster=Cluster("app", ClusterArgs()),
        vpc_id=vpc.id,
        subnet_ids=[subnet.id for subnet in subnets],
        image="registry.example/app@sha256:" + "0" * 64,
        port=pulumi.Config().get_int("port") or 3000,
        cpu=256,
        memory=512,
        require_digest=True,
        behind=Route(gateway=gateway, health_path="/health"),
        deployment=STRATEGIES[pulumi.Config().require("strategy")],
        scaling=Scaling(min=2, max=4),
    ),
)
pulumi.export("cluster", service.arn.apply(lambda arn: arn.split("/")[1]))
pulumi.export("service", service.arn)
