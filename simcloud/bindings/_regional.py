"""Records of types that moto lacks and that exist once per region: the same name may be used in another one."""

from __future__ import annotations

from simcloud.binding import RecordedBinding
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.tagging import RECORDED_TAGS
from simcloud.values import Props


class RegionalRecord(RecordedBinding):
    """Like its base, with the region in the record's key."""

    taken = "AlreadyExists"
    """AWS's code for a name that is taken."""

    def create(self, ctx: Context, new: Props) -> str:
        identity = self.new_identity(ctx, new)
        if ctx.store.get(self.token, _key(ctx, identity)) is not None:
            raise Refusal(self.taken, f"{identity} already exists.")
        ctx.store.put(self.token, _key(ctx, identity), {**_said(new), **self.computed(ctx, identity, new)})
        return identity

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            record = self.read(ctx, identity, new) or {}
            kept = {key: value for key, value in record.items() if key not in _said(old)}
            ctx.store.put(self.token, _key(ctx, identity), {**kept, **_said(new)})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        record = ctx.store.get(self.token, _key(ctx, identity))
        return None if record is None else {**dict.fromkeys(_said(given).keys() - record.keys()), **record}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.store.drop(self.token, _key(ctx, identity))
        ctx.store.drop(RECORDED_TAGS, self.tag_key(identity, old))

    def others(self, ctx: Context) -> dict[str, Props]:
        """What there is of the type in the region, by id."""
        found = dict(ctx.store.of_kind(self.token))
        start = _key(ctx, "")
        return {key.removeprefix(start): record for key, record in found.items() if key.startswith(start)}


def recorded(ctx: Context, token: str, identity: str) -> Props | None:
    """The record of `identity` in this region, or None."""
    return ctx.store.get(token, _key(ctx, identity))


def _key(ctx: Context, identity: str) -> str:
    return f"{ctx.region}/{identity}"


def _said(props: Props) -> Props:
    """Without bookkeeping, and without what the core tells itself."""
    told = ("tags", "tagsAll", "region", "id")
    return {key: value for key, value in props.items() if key not in told and not key.startswith("__")}
