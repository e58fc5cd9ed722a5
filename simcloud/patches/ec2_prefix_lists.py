"""Prefix lists: AWS's own under ids that look like AWS's and never change, and the size of the others."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidParameterCombination
from moto.ec2.models.managed_prefixes import ManagedPrefixList, ManagedPrefixListBackend
from moto.ec2.responses.vpcs import VPCs

from simcloud.patches import around
from simcloud.patches.ec2_managed_prefix_lists import check_room, own_list

# Ids as seen in AWS's us-east-1; per general knowledge, not verified against AWS.
_US_EAST_1 = {
    "com.amazonaws.us-east-1.s3": "pl-63a5400a",
    "com.amazonaws.us-east-1.dynamodb": "pl-02cd2c6b",
    "com.amazonaws.global.cloudfront.origin-facing": "pl-3b927c52",
}


@around(ManagedPrefixListBackend)
def create_default_pls(original: Any, self: Any) -> None:
    """AWS: its lists have one id for ever; moto: a new one for every fresh backend."""
    original(self)
    for listed in list(self.managed_prefix_lists.values()):
        listed.id = _identity(self.region_name, str(listed.prefix_list_name))
        listed.prefix_list_arn = f"arn:aws:ec2:{self.region_name}:aws:prefix-list/{listed.id}"
    self.managed_prefix_lists = {listed.id: listed for listed in self.managed_prefix_lists.values()}


def _identity(region: str, name: str) -> str:
    if region == "us-east-1" and name in _US_EAST_1:
        return _US_EAST_1[name]
    return f"pl-{crc32(f'{region} {name}'.encode()):08x}"


def _cidrs(self: Any) -> list[str]:
    """AWS: DescribePrefixLists tells the ranges; moto: it does not."""
    return [entry["Cidr"] for entries in list(self.entries.values())[-1:] for entry in entries]


ManagedPrefixList.cidrs = property(_cidrs)  # type: ignore[attr-defined]


@around(VPCs)
def modify_managed_prefix_list(original: Any, self: Any) -> ActionResult:
    """AWS: the size can be changed, in a call of its own; moto: drops it."""
    most = self._get_param("MaxEntries")
    if most is not None:
        found = own_list(self.ec2_backend, self._get_param("PrefixListId"))
        if self._get_param("AddEntries") or self._get_param("RemoveEntries"):
            raise InvalidParameterCombination(
                "the size and the entries of a prefix list change in separate calls"
            )
        check_room(len(found.entries.get(found.version) or []), int(most))
        found.max_entries = int(most)
    answer: ActionResult = original(self)
    return answer
