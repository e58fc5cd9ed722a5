from __future__ import annotations

from collections.abc import Iterator

from simcloud.bindings.cloudflare._binding import CloudflareBinding
from simcloud.cloudflare.call import Body
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.resources import zone_settings
from simcloud.cloudflare.singleton import Singleton
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class _Settings(Singleton):
    path = "/zones/{zone_id}/settings/{setting_id}"


class ZoneSetting(CloudflareBinding):
    """One setting of a zone. Destroying it leaves the setting as it is, as the real provider does."""

    token = "cloudflare:index/zoneSetting:ZoneSetting"
    resource = _Settings()
    imported = "{zoneId}/{settingId}"
    update_method = "PATCH"
    replaces = frozenset({"zoneId", "settingId"})

    def create(self, ctx: Context, new: Props) -> str:
        self.api(ctx, "PATCH", self.located(new), self.request(ctx, new))
        return str(new["settingId"])

    def item(self, identity: str, props: Props) -> str:
        return self.located(props)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: Cloudflare's settings cannot be removed."""

    def problems(self, collection: Collection | Singleton, body: Body) -> Iterator[ApiError]:
        return iter(())

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from super().rules(ctx, new)
        if isinstance(new["settingId"], str):
            for error in zone_settings.problems(new["settingId"], self.request(ctx, new)):
                yield self.refusal(error)
