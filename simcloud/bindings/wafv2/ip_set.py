from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params
from simcloud.bindings.wafv2 import _scope
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, without_none


class IpSet(Binding):
    """A set of addresses that rules refer to."""

    token = "aws:wafv2/ipSet:IpSet"
    service = "wafv2"
    faults = {"WAFDuplicateItemException": "name"}
    operation = "create_ip_set"
    parameters = {"IPAddressVersion": "ipAddressVersion"}
    replaces = frozenset({"name", "namePrefix", "scope", "ipAddressVersion"})
    autoname = AutoName(limit=128)
    tagging = tagging.WAFV2

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "Name": new["name"],
            "Scope": new["scope"],
            "IPAddressVersion": new["ipAddressVersion"],
            **_contents(new),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Summary"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            waf, place = ctx.client("wafv2"), _place(identity, new)
            token = waf.get_ip_set(**place)["LockToken"]
            waf.update_ip_set(**place, **_contents(new), LockToken=token)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        place = _scope.locate(ctx, "list_ip_sets", "IPSets", identity)
        if place is None:
            return None
        found = ctx.client("wafv2").get_ip_set(**place)
        return {
            "arn": found["IPSet"]["ARN"],
            "name": place["Name"],
            "namePrefix": given.get("namePrefix", ""),
            "scope": place["Scope"],
            "description": found["IPSet"].get("Description"),
            "ipAddressVersion": found["IPSet"]["IPAddressVersion"],
            "addresses": found["IPSet"]["Addresses"],
            "lockToken": found["LockToken"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        waf, place = ctx.client("wafv2"), _place(identity, old)
        waf.delete_ip_set(**place, LockToken=waf.get_ip_set(**place)["LockToken"])

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return _scope.own_id(identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _scope.problems(ctx, new)
        addresses = new.get("addresses")
        if isinstance(addresses, list):
            for position, address in enumerate(addresses):
                if isinstance(address, str):
                    yield from _address_problems(address, new["ipAddressVersion"], f"addresses[{position}]")


def _place(identity: str, props: Props) -> Params:
    return {"Name": props["name"], "Scope": props["scope"], "Id": identity}


def _contents(new: Props) -> Params:
    return without_none({"Description": new.get("description"), "Addresses": new.get("addresses") or []})


def _address_problems(address: str, version: Any, path: str) -> Iterator[Refusal]:
    # AWS: «Addresses» of CreateIPSet, WAFV2 API reference: any CIDR but /0 (botocore 1.44.5), read 2026-11.
    try:
        network = ipaddress.ip_network(address) if "/" in address else None
    except ValueError:
        network = None
    fits = isinstance(version, Unknown) or network is None or f"IPV{network.version}" == version
    if network is None or network.prefixlen == 0 or not fits:
        yield Refusal(
            "WAFInvalidParameterException",
            f"Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, "
            f"parameter: {address}",
            path,
            f"write an {version} network such as 192.0.2.44/32 or 2001:db8::/32, not /0.",
        )
