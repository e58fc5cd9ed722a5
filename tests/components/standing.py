"""Ground for components that stand behind a gateway, in the simulated cloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from components.certificate import Certificate, CertificateArgs
from components.cluster import Cluster, ClusterArgs
from components.dns import Dns, DnsArgs
from components.gateway import CLOUDFRONT_PREFIX_LIST, Gateway, GatewayArgs, Ingress
from components.network import Nat, Network, NetworkArgs
from components.service import Route, Service, ServiceArgs
from components.service_deployment import Deployment

SERVICE = "la-prod-web"
DIGEST = "registry.example/app@sha256:" + "0" * 64


@dataclass(frozen=True)
class Ground:
    """What a service needs around it."""

    network: Network
    gateway: Gateway
    cluster: Cluster


def ground() -> Ground:
    """A network, a gateway with a certificate, a cluster."""
    network = Network("la-prod-network", NetworkArgs(cidr_block="10.0.0.0/16", az_count=2, nat=Nat.SINGLE))
    dns = Dns("la-prod-dns", DnsArgs(zone_name="learning-assistant.app"))
    proof = CertificateArgs(domain_name="learning-assistant.app", zone_id=dns.zone_id)
    args = GatewayArgs(
        vpc_id=network.vpc_id,
        subnet_ids=network.public_subnet_ids,
        certificate_arn=Certificate("la-prod-origin", proof).arn,
        ingress=Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST),
        deletion_protection=False,
    )
    return Ground(
        network=network, gateway=Gateway("la-prod-gateway", args), cluster=Cluster("la-prod", ClusterArgs())
    )


def behind(deployment: Deployment, **more: Any) -> None:
    """A service behind the gateway of a ground of its own."""
    place = ground()
    args = ServiceArgs(
        cluster=place.cluster,
        vpc_id=place.network.vpc_id,
        subnet_ids=place.network.private_subnet_ids,
        image=DIGEST,
        port=3000,
        cpu=256,
        memory=512,
        behind=Route(gateway=place.gateway, health_path="/api/health"),
        deployment=deployment,
        **more,
    )
    Service(SERVICE, args)
