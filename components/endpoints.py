"""Private ways from a network to AWS services: network interfaces in the private subnets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import relations
from components.declared import Departure, note
from components.destination import allow_to_prefix_list

_HTTPS = 443


@dataclass(frozen=True, kw_only=True)
class EndpointsArgs:
    """`names` are parts of service names, e.g. `ecr.api`; `prefix_lists` the gateway endpoints' by name, e.g. `s3`."""

    vpc_id: pulumi.Input[str]
    subnet_ids: Sequence[pulumi.Input[str]]
    region: str
    names: Sequence[str]
    prefix_lists: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


class Endpoints(pulumi.ComponentResource):
    """One interface endpoint per service, in every zone, which nobody reaches until `allow_from`."""

    component_name: str
    security_group_id: pulumi.Output[str]
    ids: Mapping[str, pulumi.Output[str]]

    def __init__(self, name: str, args: EndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:network:Endpoints", name, {}, opts)
        self.component_name, self._args = name, args
        self.security_group_id = relations.closed_security_group(
            self, name, vpc_id=args.vpc_id, description="Endpoints of AWS services", tags=args.tags
        ).id
        self.ids = {service: self._endpoint(service).id for service in args.names}
        self.register_outputs({"ids": self.ids})

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` reach the services over HTTPS, those with a gateway endpoint (S3, DynamoDB) included."""
        description = f"{peer.component_name} to AWS services"
        if self._args.names:
            relations.allow(self, source=peer, target=self, port=_HTTPS, description=description)
        for service, prefix_list in self._args.prefix_lists.items():
            allow_to_prefix_list(
                self,
                f"{peer.component_name}-to-{service}-{_HTTPS}",
                peer.security_group_id,
                prefix_list,
                _HTTPS,
                f"{peer.component_name} to {service}",
            )
            # A network ACL knows no prefix lists; the route table has no other way out.
            note(self, Departure(peer.component_name, _HTTPS, "0.0.0.0/0"))

    def _endpoint(self, service: str) -> aws.ec2.VpcEndpoint:
        name = f"{self.component_name}-{service.replace('.', '-')}"
        return aws.ec2.VpcEndpoint(
            name,
            vpc_id=self._args.vpc_id,
            vpc_endpoint_type="Interface",
            service_name=f"com.amazonaws.{self._args.region}.{service}",
            subnet_ids=list(self._args.subnet_ids),
            security_group_ids=[self.security_group_id],
            # So that the service's usual name leads here, without a word to the application.
            private_dns_enabled=True,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )
