from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class EipAssociation(Binding):
    """Where an elastic IP address leads: an instance or a network interface."""

    token = "aws:ec2/eipAssociation:EipAssociation"
    service = "ec2"
    operation = "associate_address"
    replaces = frozenset(
        {
            "allocationId",
            "allowReassociation",
            "instanceId",
            "networkInterfaceId",
            "privateIpAddress",
            "publicIp",
        }
    )
    faults = {"Resource.AlreadyAssociated": "allocationId", "Gateway.NotAttached": "networkInterfaceId"}
    references = (
        Reference("allocationId", "eip"),
        Reference("instanceId", "instance"),
        Reference("networkInterfaceId", "network_interface"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "AllocationId": new.get("allocationId"),
                "InstanceId": new.get("instanceId"),
                "NetworkInterfaceId": new.get("networkInterfaceId"),
                "PrivateIpAddress": new.get("privateIpAddress"),
                "PublicIp": new.get("publicIp"),
                "AllowReassociation": new.get("allowReassociation"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["AssociationId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        of_it = [{"Name": "association-id", "Values": [identity]}]
        found = ctx.client("ec2").describe_addresses(Filters=of_it)["Addresses"]
        if not found:
            return None
        return {
            "allocationId": found[0]["AllocationId"],
            "instanceId": found[0].get("InstanceId") or "",
            "networkInterfaceId": found[0].get("NetworkInterfaceId") or "",
            "privateIpAddress": found[0].get("PrivateIpAddress") or "",
            "publicIp": found[0]["PublicIp"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").disassociate_address(AssociationId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new.get("allocationId") is None and new.get("publicIp") is None:
            yield Refusal("MissingParameter", "either allocationId or publicIp is needed.", "allocationId")
        if new.get("allocationId") is not None and new.get("publicIp") is not None:
            yield Refusal(
                "InvalidParameterCombination", "allocationId and publicIp exclude each other.", "publicIp"
            )
        targets = [name for name in ("instanceId", "networkInterfaceId") if new.get(name) is not None]
        if not targets:
            yield Refusal(
                "MissingParameter", "either instanceId or networkInterfaceId is needed.", "instanceId"
            )
        if len(targets) == 2:
            yield Refusal(
                "InvalidParameterCombination",
                "You may specify either instance ID or network interface ID.",
                "networkInterfaceId",
            )
