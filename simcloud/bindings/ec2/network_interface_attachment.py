from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class NetworkInterfaceAttachment(Binding):
    """A further network interface in an instance. The id is the attachment's."""

    token = "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment"
    service = "ec2"
    operation = "attach_network_interface"
    replaces = frozenset({"deviceIndex", "instanceId", "networkCardIndex", "networkInterfaceId"})
    references = (Reference("instanceId", "instance"), Reference("networkInterfaceId", "network_interface"))

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DeviceIndex": new["deviceIndex"],
            "InstanceId": new["instanceId"],
            "NetworkInterfaceId": new["networkInterfaceId"],
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["AttachmentId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        of_it = [{"Name": "attachment.attachment-id", "Values": [identity]}]
        found = ctx.client("ec2").describe_network_interfaces(Filters=of_it)["NetworkInterfaces"]
        attached = [item for item in found if item.get("Attachment", {}).get("AttachmentId") == identity]
        if not attached:
            return None
        attachment = attached[0]["Attachment"]
        return {
            "attachmentId": identity,
            "deviceIndex": attachment["DeviceIndex"],
            "instanceId": attachment["InstanceId"],
            "networkCardIndex": given.get("networkCardIndex", 0),
            "networkInterfaceId": attached[0]["NetworkInterfaceId"],
            "status": attachment.get("Status", "attached"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").detach_network_interface(AttachmentId=identity, Force=True)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new["deviceIndex"] == 0:
            yield Refusal(
                "InvalidParameterValue",
                "device index 0 is the instance's own network interface.",
                "deviceIndex",
                "begin with 1.",
            )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, ec2 = new["networkInterfaceId"], ctx.client("ec2")
        interface = ec2.describe_network_interfaces(NetworkInterfaceIds=[name])["NetworkInterfaces"][0]
        held = (interface.get("Attachment") or {}).get("InstanceId")
        if held not in (None, new["instanceId"]):
            yield Refusal("InvalidNetworkInterface.InUse", f"Interface: {name} in use.", "networkInterfaceId")
        instance = ec2.describe_instances(InstanceIds=[new["instanceId"]])["Reservations"][0]["Instances"][0]
        zones = {interface["AvailabilityZone"], instance["Placement"]["AvailabilityZone"]}
        if len(zones) > 1:
            yield Refusal(
                "InvalidParameterCombination",
                f"You may not attach a network interface to an instance if they are not in the same availability "
                f"zone: {', '.join(sorted(zones))}.",
                "networkInterfaceId",
            )
