from __future__ import annotations

from typing import Any

from simcloud.bindings.cloudflare._binding import SettingBinding
from simcloud.cloudflare.resources.switches import MANAGED_TRANSFORMS
from simcloud.context import Context
from simcloud.values import Props

_LISTS = ("managedRequestHeaders", "managedResponseHeaders")


class ManagedTransforms(SettingBinding):
    """Headers that Cloudflare adds and removes for a zone; what is not listed is off."""

    token = "cloudflare:index/managedTransforms:ManagedTransforms"
    resource = MANAGED_TRANSFORMS

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            off = {name: _off(old.get(name), new.get(name)) for name in _LISTS}
            said = {name: [*off[name], *(new.get(name) or [])] for name in _LISTS}
            self.api(ctx, "PATCH", self.located(new), self.words.body(said))

    def outputs(self, answer: Any, given: Props) -> Props:
        found = super().outputs(answer, given)
        return {**found, **{name: _told_of(found[name], given.get(name)) for name in _LISTS}}


def _told_of(found: list[Props], given: list[Props] | None) -> list[Props]:
    """Those that are on, and those that were listed."""
    listed = {item["id"] for item in given or ()}
    shown = [item for item in found if item["enabled"] or item["id"] in listed]
    return [{"id": item["id"], "enabled": item["enabled"]} for item in shown]


def _off(old: list[Props] | None, new: list[Props] | None) -> list[Props]:
    kept = {item["id"] for item in new or ()}
    return [{"id": item["id"], "enabled": False} for item in old or () if item["id"] not in kept]
