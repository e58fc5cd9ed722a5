from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none


class Eip(Binding):
    """An elastic IP address, for itself or associated with an instance or a network interface."""

    token = "aws:ec2/eip:Eip"
    service = "ec2"
    operation = "allocate_address"
    replaces = frozenset(
        {"address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"}
    )
    tagging = tagging.EC2
    references = (Reference("instance", "instance"), Reference("networkInterface", "network_interface"))

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Domain": new.get("domain") or "vpc",
                "Address": new.get("address"),
                "PublicIpv4Pool": new.get("publicIpv4Pool"),
                "NetworkBorderGroup": new.get("networkBorderGroup"),
                "CustomerOwnedIpv4Pool": new.get("customerOwnedIpv4Pool"),
                "IpamPoolId": new.get("ipamPoolId"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["AllocationId"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if all(new.get(name) == old.get(name) for name in _ASSOCIATED):
            return
        ec2 = ctx.client("ec2")
        association = ec2.describe_addresses(AllocationIds=[identity])["Addresses"][0].get("AssociationId")
        if association:
            ec2.disassociate_address(AssociationId=association)
        if new.get("instance") or new.get("networkInterface"):
            ec2.associate_address(AllocationId=identity, **_association(new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_addresses(AllocationIds=[identity])["Addresses"][0]
        public, private = found["PublicIp"], found.get("PrivateIpAddress") or ""
        return {
            "allocationId": identity,
            "arn": ctx.arn("ec2", f"elastic-ip/{identity}"),
            "associationId": found.get("AssociationId") or "",
            "carrierIp": "",
            "customerOwnedIp": "",
            "domain": found["Domain"],
            "instance": found.get("InstanceId") or "",
            "ipamPoolId": "",
            "networkBorderGroup": found.get("NetworkBorderGroup") or ctx.region,
            "networkInterface": found.get("NetworkInterfaceId") or "",
            "privateDns": _name("ip", private, "ec2.internal", "compute.internal", ctx.region)
            if private
            else "",
            "privateIp": private,
            "ptrRecord": "",
            "publicDns": _name("ec2", public, "compute-1.amazonaws.com", "compute.amazonaws.com", ctx.region),
            "publicIp": public,
            "publicIpv4Pool": found.get("PublicIpv4Pool") or "amazon",
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ec2 = ctx.client("ec2")
        association = ec2.describe_addresses(AllocationIds=[identity])["Addresses"][0].get("AssociationId")
        if association and (old.get("instance") or old.get("networkInterface")):
            ec2.disassociate_address(AssociationId=association)
        ec2.release_address(AllocationId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if is_known(new.get("domain")) and new.get("domain") == "standard":
            yield Refusal(
                "InvalidParameterValue",
                "EC2-Classic addresses exist no more: only 'vpc' is allowed.",
                "domain",
            )
        group = new.get("networkBorderGroup")
        if isinstance(group, str) and not group.startswith(ctx.region):
            yield Refusal(
                "InvalidParameterValue",
                f"Network border group {group!r} is not in {ctx.region}.",
                "networkBorderGroup",
            )
        # moto gives addresses of its own choice only.
        for name in ("address", "customerOwnedIpv4Pool", "ipamPoolId"):
            if new.get(name) is not None:
                yield Refusal("UnsupportedOperation", "the simulated cloud has no address pools.", name)
        pool = new.get("publicIpv4Pool")
        if isinstance(pool, str) and pool != "amazon":
            yield Refusal(
                "InvalidPublicIpv4Pool.NotFound", f"The pool ID '{pool}' does not exist", "publicIpv4Pool"
            )
        if new.get("associateWithPrivateIp") and not (new.get("instance") or new.get("networkInterface")):
            yield Refusal(
                "InvalidParameterCombination",
                "a private address needs an instance or a network interface.",
                "associateWithPrivateIp",
            )
        if new.get("instance") and new.get("networkInterface"):
            yield Refusal(
                "InvalidParameterCombination",
                "You may specify either instance ID or network interface ID.",
                "instance",
            )


_ASSOCIATED = ("instance", "networkInterface", "associateWithPrivateIp")


def _association(new: Props) -> Params:
    return without_none(
        {
            "InstanceId": new.get("instance"),
            "NetworkInterfaceId": new.get("networkInterface"),
            "PrivateIpAddress": new.get("associateWithPrivateIp"),
        }
    )


def _name(prefix: str, address: str, first: str, other: str, region: str) -> str:
    """AWS's DNS name of an address: us-east-1 has no region in its names."""
    dashed = f"{prefix}-{address.replace('.', '-')}"
    if region == "us-east-1":
        return f"{dashed}.{first}"
    return f"{dashed}.{region}.{other}"
