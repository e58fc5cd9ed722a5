"""What every zone has exactly one of: it is read and changed, never made or removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from simcloud.cloudflare.call import Body, Call, Record, kind_of
from simcloud.cloudflare.collection import require_scope, without_nulls
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route
from simcloud.values import Value

_ONLY = "it"


class Singleton:
    """Subclasses name the path, what is there before anybody says anything, and what may be said."""

    path: ClassVar[str]
    defaults: ClassVar[Mapping[str, Value]] = {}
    stamp: ClassVar[str] = "modified_on"
    """When it was last changed; empty if the API does not say."""
    updates: ClassVar[tuple[str, ...]] = ("PATCH",)
    removable: ClassVar[bool] = False
    """Whether DELETE puts it back to what it was at first."""
    whole: ClassVar[bool] = False
    """Whether an update says everything; otherwise only what changes."""

    def problems(self, body: Body) -> Iterator[ApiError]:
        """What the API refuses in a body. Pure; values may be UNKNOWN at preview."""
        return iter(())

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        """Ids in a body that lead nowhere. Also asked at preview."""
        return iter(())

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        """What the API adds."""
        return {}

    def routes(self) -> list[Route]:
        """Every method that it has."""
        changes = [Route(method, self.path, self.change) for method in self.updates]
        removal = [Route("DELETE", self.path, self.reset)] if self.removable else []
        return [Route("GET", self.path, self.read), *changes, *removal]

    def read(self, call: Call) -> Body:
        """As it is now."""
        return self.shown(call, self.current(call))

    def change(self, call: Call) -> Body:
        """Bring it to what the body says."""
        old = self.current(call)
        said = {**({} if self.whole else old), **without_nulls(call.body)}
        for error in (*self.problems(said), *self.references(call, said)):
            raise error
        made = {**self.defaults, **said, **self.computed(call, said, old)}
        if self.stamp:
            made[self.stamp] = call.at
        call.store.put(self.kind(call), _ONLY, made)
        return self.shown(call, made)

    def reset(self, call: Call) -> Body:
        """Back to what every new zone has."""
        require_scope(call)
        call.store.drop(self.kind(call), _ONLY)
        return self.shown(call, self.current(call))

    def current(self, call: Call) -> Body:
        """What is kept, or what every new zone has."""
        require_scope(call)
        return call.store.get(self.kind(call), _ONLY) or dict(self.defaults)

    def shown(self, call: Call, record: Record) -> Body:
        """As the API answers it."""
        return dict(record)

    def kind(self, call: Call) -> str:
        """The store's name of it, for the zone that the path names."""
        return kind_of(self.path.format(**call.params))
