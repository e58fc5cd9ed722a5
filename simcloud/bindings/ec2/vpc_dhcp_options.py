from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_OPTIONS = {
    "domainName": "domain-name",
    "domainNameServers": "domain-name-servers",
    "ipv6AddressPreferredLeaseTime": "ipv6-address-preferred-lease-time",
    "netbiosNameServers": "netbios-name-servers",
    "netbiosNodeType": "netbios-node-type",
    "ntpServers": "ntp-servers",
}
_LISTS = ("domainNameServers", "netbiosNameServers", "ntpServers")


class VpcDhcpOptions(Binding):
    """What the DHCP server of a VPC tells."""

    token = "aws:ec2/vpcDhcpOptions:VpcDhcpOptions"
    service = "ec2"
    operation = "create_dhcp_options"
    replaces = frozenset(_OPTIONS)
    tagging = tagging.EC2

    def request(self, ctx: Context, new: Props) -> Params:
        given = {api: new[name] for name, api in _OPTIONS.items() if new.get(name) not in (None, [])}
        return {
            "DhcpConfigurations": [
                {"Key": key, "Values": value if isinstance(value, list) else [value]}
                for key, value in given.items()
            ]
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DhcpOptions"]["DhcpOptionsId"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ec2").describe_dhcp_options(DhcpOptionsIds=[identity])["DhcpOptions"][0]
        told = {
            item["Key"]: [value["Value"] for value in item["Values"]] for item in found["DhcpConfigurations"]
        }
        return {
            "arn": ctx.arn("ec2", f"dhcp-options/{identity}"),
            "ownerId": found.get("OwnerId") or ctx.account,
            **{name: _value(name, told.get(api)) for name, api in _OPTIONS.items()},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_dhcp_options(DhcpOptionsId=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if not any(new.get(name) for name in _OPTIONS):
            yield Refusal("MissingParameter", f"one of {', '.join(_OPTIONS)} is needed.")
        for name in _LISTS:
            yield from _server_problems(new.get(name), name)
        # AWS: API reference of CreateDhcpOptions (botocore 1.44.5), read 2026-11
        kind, lease = new.get("netbiosNodeType"), new.get("ipv6AddressPreferredLeaseTime")
        if is_known(kind) and kind is not None and str(kind) not in ("1", "2", "4", "8"):
            yield Refusal(
                "InvalidParameterValue",
                f"Value ({kind}) for parameter netbios-node-type is invalid. It must be 1, 2, 4 or 8.",
                "netbiosNodeType",
            )
        if isinstance(lease, str) and not (lease.isdigit() and 140 <= int(lease) <= 2147483647):
            yield Refusal(
                "InvalidParameterValue",
                f"Value ({lease}) for parameter ipv6-address-preferred-lease-time is invalid. It must be 140 to "
                "2147483647 seconds.",
                "ipv6AddressPreferredLeaseTime",
            )


def _value(name: str, told: list[str] | None) -> Any:
    return told if name in _LISTS or told is None else told[0]


def _server_problems(servers: Any, name: str) -> Iterator[Refusal]:
    if not isinstance(servers, list):
        return
    # AWS: «DHCP option sets in Amazon VPC»: up to four servers; per reference notes, not verified against AWS.
    if len(servers) > 4:
        yield Refusal("InvalidParameterValue", f"{len(servers)} servers given, at most 4 are allowed.", name)
    for position, server in enumerate(servers):
        special = name == "domainNameServers" and server == "AmazonProvidedDNS"
        if isinstance(server, str) and not special and not _is_address(server):
            yield Refusal(
                "InvalidParameterValue",
                f"Value ({server}) for parameter value is invalid. Invalid DHCP option value.",
                f"{name}[{position}]",
            )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
