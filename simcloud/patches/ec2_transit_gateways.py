"""Transit gateways as EC2 has them: their default table, and who refuses to go."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError, InvalidTransitGatewayID
from moto.ec2.models.transit_gateway import TransitGatewayBackend

from simcloud.patches import around

_KINDS = ("Association", "Propagation")


@around(TransitGatewayBackend)
def create_transit_gateway(
    original: Any, self: Any, description: Any, options: Any = None, tags: Any = None
) -> Any:
    """AWS: there is a default table only for what is enabled; moto: for everything."""
    gateway = original(self, description, options, tags)
    table = gateway.default_route_table
    for kind in _KINDS:
        if gateway.options[f"DefaultRouteTable{kind}"] != "enable":
            del gateway.options[f"{kind}DefaultRouteTableId"]
            setattr(table, f"default_{kind.lower()}_route_table", False)
    if not any(f"{kind}DefaultRouteTableId" in gateway.options for kind in _KINDS):
        del self.transit_gateways_route_tables[table.id]
    return gateway


@around(TransitGatewayBackend)
def describe_transit_gateways(
    original: Any, self: Any, filters: Any, transit_gateway_ids: list[str] | None
) -> Any:
    """AWS: an unknown id is an error, and filters see the options; moto: neither."""
    for identity in transit_gateway_ids or ():
        _existing(self, identity)
    by_option = {name: values for name, values in (filters or {}).items() if name.startswith("options.")}
    rest = {name: values for name, values in (filters or {}).items() if name not in by_option}
    found = original(self, rest, transit_gateway_ids)
    return [gateway for gateway in found if all(_has(gateway, *item) for item in by_option.items())]


@around(TransitGatewayBackend)
def modify_transit_gateway(
    original: Any, self: Any, transit_gateway_id: str, description: Any = None, options: Any = None
) -> Any:
    """AWS: blocks are added and removed; moto: keeps the words of the request as options."""
    gateway = _existing(self, transit_gateway_id)
    changes = dict(options or {})
    blocks = list(gateway.options.get("TransitGatewayCidrBlocks") or ())
    removed = changes.pop("RemoveTransitGatewayCidrBlocks", ())
    blocks = [block for block in blocks if block not in removed]
    gateway.options["TransitGatewayCidrBlocks"] = blocks + changes.pop("AddTransitGatewayCidrBlocks", [])
    for kind in _KINDS:
        _switch_default(self, gateway, kind, changes.get(f"DefaultRouteTable{kind}"))
    return original(self, transit_gateway_id, description, changes)


@around(TransitGatewayBackend)
def delete_transit_gateway(original: Any, self: Any, transit_gateway_id: str) -> Any:
    """AWS: a gateway with attachments stays, and its tables go with it; moto: the other way round."""
    _existing(self, transit_gateway_id)
    attached = [
        item.id
        for item in self.transit_gateway_attachments.values()
        if item.transit_gateway_id == transit_gateway_id and item.state != "deleted"
    ]
    # AWS: gruntwork-io/cloud-nuke#744 and hashicorp/terraform-provider-aws#7196, read 2026-11
    if attached:
        raise EC2ClientError(
            "IncorrectState", f"{transit_gateway_id} has non-deleted VPC Attachments: {', '.join(attached)}."
        )
    for table in list(self.transit_gateways_route_tables.values()):
        if table.transit_gateway_id == transit_gateway_id:
            del self.transit_gateways_route_tables[table.id]
    return original(self, transit_gateway_id)


def _existing(self: Any, identity: str) -> Any:
    if identity not in self.transit_gateways:
        raise InvalidTransitGatewayID(identity, f"Transit Gateway {identity} was deleted or does not exist.")
    return self.transit_gateways[identity]


def _switch_default(self: Any, gateway: Any, kind: str, switch: str | None) -> None:
    table = gateway.default_route_table
    if switch == "disable":
        gateway.options.pop(f"{kind}DefaultRouteTableId", None)
        setattr(table, f"default_{kind.lower()}_route_table", False)
    if switch == "enable":
        self.transit_gateways_route_tables.setdefault(table.id, table)
        gateway.options[f"{kind}DefaultRouteTableId"] = table.id
        setattr(table, f"default_{kind.lower()}_route_table", True)


def _has(gateway: Any, name: str, values: list[str]) -> bool:
    """`options.amazon-side-asn` is the option AmazonSideAsn."""
    option = "".join(part.capitalize() for part in name.removeprefix("options.").split("-"))
    return str(gateway.options.get(option)) in [str(value) for value in values]
