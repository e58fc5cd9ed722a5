"""AWS's own prefix lists under ids that look like AWS's and never change."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from moto.ec2.models.managed_prefixes import ManagedPrefixList, ManagedPrefixListBackend

from simcloud.patches import around

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
