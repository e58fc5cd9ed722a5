"""VPCs at transit gateways as EC2 has them: where they may attach, and what goes with an attachment."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import (
    DuplicateTransitGatewayAttachmentError,
    EC2ClientError,
    InvalidTransitGatewayID,
)
from moto.ec2.models.transit_gateway_attachments import (
    TransitGatewayAttachmentBackend,
    TransitGatewayVpcAttachment,
)

from simcloud.patches import around


@around(TransitGatewayAttachmentBackend)
def create_transit_gateway_vpc_attachment(
    original: Any,
    self: Any,
    transit_gateway_id: str,
    vpc_id: str,
    subnet_ids: list[str],
    tags: Any = None,
    options: Any = None,
) -> Any:
    """AWS: checks the subnets, and uses the default tables that there are; moto: checks nothing, propagates nowhere."""
    gateway = self.transit_gateways.get(transit_gateway_id)
    if gateway is None:
        raise InvalidTransitGatewayID(
            transit_gateway_id, f"Transit Gateway {transit_gateway_id} was deleted or does not exist."
        )
    self.get_vpc(vpc_id)
    if any(item.resource_id == vpc_id for item in _of(self, transit_gateway_id)):
        raise DuplicateTransitGatewayAttachmentError(transit_gateway_id)
    _check_subnets(self, vpc_id, subnet_ids)
    attachment = TransitGatewayVpcAttachment(self, gateway, vpc_id, subnet_ids, tags, options)
    attachment.transit_gateway_route_table = None
    self.transit_gateway_attachments[attachment.id] = attachment
    if table := gateway.options.get("AssociationDefaultRouteTableId"):
        self.associate_transit_gateway_route_table(attachment.id, table)
    if table := gateway.options.get("PropagationDefaultRouteTableId"):
        self.enable_transit_gateway_route_table_propagation(attachment.id, table)
    return attachment


@around(TransitGatewayAttachmentBackend)
def modify_transit_gateway_vpc_attachment(
    original: Any, self: Any, transit_gateway_attachment_id: str, *args: Any, **kwargs: Any
) -> Any:
    """AWS: checks the subnets; moto: does not."""
    attachment = attachment_of(self, transit_gateway_attachment_id)
    kept = [
        subnet for subnet in attachment.subnet_ids if subnet not in (kwargs.get("remove_subnet_ids") or ())
    ]
    _check_subnets(self, attachment.vpc_id, kept + list(kwargs.get("add_subnet_ids") or ()))
    return original(self, transit_gateway_attachment_id, *args, **kwargs)


@around(TransitGatewayAttachmentBackend)
def delete_transit_gateway_vpc_attachment(
    original: Any, self: Any, transit_gateway_attachment_id: str
) -> Any:
    """AWS: associations and propagations go with the attachment; moto: they stay."""
    attachment_of(self, transit_gateway_attachment_id)
    for table in self.transit_gateways_route_tables.values():
        table.route_table_associations.pop(transit_gateway_attachment_id, None)
        self.disable_route_table_propagation(transit_gateway_attachment_id, table.id)
    return original(self, transit_gateway_attachment_id)


def attachment_of(self: Any, identity: str) -> Any:
    """The attachment; raises AWS's error if there is none."""
    if identity not in self.transit_gateway_attachments:
        # AWS: rebuy-de/aws-nuke#961, read 2026-11
        raise EC2ClientError(
            "InvalidTransitGatewayAttachmentID.NotFound",
            f"Transit Gateway VPC Attachment {identity} was deleted or does not exist.",
        )
    return self.transit_gateway_attachments[identity]


def _of(self: Any, hub: str) -> list[Any]:
    return [item for item in self.transit_gateway_attachments.values() if item.transit_gateway_id == hub]


def _check_subnets(self: Any, vpc_id: str, subnet_ids: list[str]) -> None:
    subnets = [self.get_subnet(identity) for identity in subnet_ids]
    for subnet in subnets:
        if subnet.vpc_id != vpc_id:
            raise EC2ClientError("InvalidParameterValue", f"subnet {subnet.id} is not in VPC {vpc_id}.")
    if len({subnet.availability_zone for subnet in subnets}) < len(subnets):
        # AWS: zoitech/terraform-aws-network#46, read 2026-11
        raise EC2ClientError("DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ")
