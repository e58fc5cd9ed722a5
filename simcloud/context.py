"""Where an operation happens: account, region, and the clients that reach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simcloud.cloud import ACCOUNT_ID, PARTITION, Cloud
from simcloud.store import Store


@dataclass(frozen=True)
class Context:
    """One provider configuration, narrowed to the region of the resource at hand."""

    cloud: Cloud
    region: str = "us-east-1"
    account: str = ACCOUNT_ID
    partition: str = PARTITION
    default_tags: Mapping[str, str] = field(default_factory=dict)
    narrowed_from: str = ""

    @property
    def home(self) -> str:
        """The provider's own region, wherever the resource at hand lives: global services are in us-east-1."""
        return self.narrowed_from or self.region

    def client(self, service: str, region: str | None = None) -> Any:
        """The boto3 client of `service`, in this region unless another is named."""
        return self.cloud.clients.get(service, region or self.region)

    @property
    def store(self) -> Store:
        """simcloud's own records."""
        return self.cloud.store

    def in_region(self, region: str | None) -> Context:
        """The same account in `region`; unchanged for None."""
        if region is None or region == self.region:
            return self
        return replace(self, region=region, narrowed_from=self.home)

    def arn(self, service: str, resource: str, *, regional: bool = True, account: bool = True) -> str:
        """An ARN of this account: `arn:aws:<service>:<region>:<account>:<resource>`."""
        region, owner = self.region if regional else "", self.account if account else ""
        return f"arn:{self.partition}:{service}:{region}:{owner}:{resource}"
