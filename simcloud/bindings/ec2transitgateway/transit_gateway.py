from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

SWITCHES = {
    "autoAcceptSharedAttachments": "AutoAcceptSharedAttachments",
    "defaultRouteTableAssociation": "DefaultRouteTableAssociation",
    "defaultRouteTablePropagation": "DefaultRouteTablePropagation",
    "dnsSupport": "DnsSupport",
    "multicastSupport": "MulticastSupport",
    "securityGroupReferencingSupport": "SecurityGroupReferencingSupport",
    "vpnEcmpSupport": "VpnEcmpSupport",
}
# AWS: API reference of TransitGatewayRequestOptions (botocore 1.44.5), read 2026-11
_ASNS = ((64512, 65534), (4200000000, 4294967294))


class TransitGateway(Binding):
    """The hub to which VPCs attach."""

    token = "aws:ec2transitgateway/transitGateway:TransitGateway"
    service = "ec2"
    operation = "create_transit_gateway"
    parameters = {f"Options.{api}": name for name, api in SWITCHES.items()}
    replaces = frozenset({"multicastSupport"})
    defaults = {
        "amazonSideAsn": 64512,
        "autoAcceptSharedAttachments": "disable",
        "defaultRouteTableAssociation": "enable",
        "defaultRouteTablePropagation": "enable",
        "dnsSupport": "enable",
        "multicastSupport": "disable",
        "securityGroupReferencingSupport": "disable",
        "vpnEcmpSupport": "enable",
    }
    tagging = tagging.EC2

    def request(self, ctx: Context, new: Props) -> Params:
        options = {api: new.get(name) for name, api in SWITCHES.items()}
        options["AmazonSideAsn"] = new.get("amazonSideAsn")
        options["TransitGatewayCidrBlocks"] = new.get("transitGatewayCidrBlocks") or None
        return without_none({"Description": new.get("description"), "Options": without_none(options)})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["TransitGateway"]["TransitGatewayId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changes = {
            api: new[name]
            for name, api in {**SWITCHES, "amazonSideAsn": "AmazonSideAsn"}.items()
            if new.get(name) != old.get(name)
        }
        before, after = (set(props.get("transitGatewayCidrBlocks") or ()) for props in (old, new))
        if after - before:
            changes["AddTransitGatewayCidrBlocks"] = sorted(after - before)
        if before - after:
            changes["RemoveTransitGatewayCidrBlocks"] = sorted(before - after)
        text = (
            {"Description": new.get("description", "")}
            if new.get("description") != old.get("description")
            else {}
        )
        if changes or text:
            ctx.client("ec2").modify_transit_gateway(
                TransitGatewayId=identity, **text, **({"Options": changes} if changes else {})
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_transit_gateways(TransitGatewayIds=[identity])["TransitGateways"][
            0
        ]
        if found["State"] in ("deleted", "deleting"):
            return None
        options = found["Options"]
        return {
            **{name: options.get(api) for name, api in SWITCHES.items()},
            "amazonSideAsn": options["AmazonSideAsn"],
            "arn": found["TransitGatewayArn"],
            "associationDefaultRouteTableId": options.get("AssociationDefaultRouteTableId", ""),
            "description": found.get("Description"),
            "encryptionSupport": given.get("encryptionSupport", "disable"),
            "ownerId": found["OwnerId"],
            "propagationDefaultRouteTableId": options.get("PropagationDefaultRouteTableId", ""),
            "transitGatewayCidrBlocks": options.get("TransitGatewayCidrBlocks") or [],
        }

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """A gateway that began without default tables cannot be given them."""
        tables = ("defaultRouteTableAssociation", "defaultRouteTablePropagation")
        return frozenset(name for name in tables if (old.get(name), new.get(name)) == ("disable", "enable"))

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_transit_gateway(TransitGatewayId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        asn = new.get("amazonSideAsn")
        if isinstance(asn, int | float) and not any(low <= int(asn) <= high for low, high in _ASNS):
            yield Refusal(
                "InvalidParameterValue",
                f"Invalid AmazonSideAsn {asn}: it must be 64512 to 65534 or 4200000000 to 4294967294.",
                "amazonSideAsn",
            )
        for position, cidr in enumerate(new.get("transitGatewayCidrBlocks") or ()):
            if isinstance(cidr, str):
                yield from _block_problems(cidr, f"transitGatewayCidrBlocks[{position}]")


def _block_problems(cidr: str, path: str) -> Iterator[Refusal]:
    try:
        network = ipaddress.ip_network(cidr)
    except ValueError as error:
        yield Refusal("InvalidParameterValue", f"CIDR block {cidr} is malformed: {error}.", path)
        return
    # AWS: API reference of TransitGatewayRequestOptions (botocore 1.44.5), read 2026-11: /24 and /64 or larger
    most = 24 if network.version == 4 else 64
    if network.prefixlen > most:
        yield Refusal("InvalidParameterValue", f"{cidr} is too small: /{most} or larger is needed.", path)
