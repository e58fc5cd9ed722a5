"""What every type of Cloudflare's provider has in common: its properties are the API's, written in camelCase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from simcloud.binding import Binding, Params
from simcloud.bindings.cloudflare._words import Words, words_of
from simcloud.cloudflare.api import Api, Refused
from simcloud.cloudflare.call import ZONES, Body, Call
from simcloud.cloudflare.collection import Collection, is_id
from simcloud.cloudflare.errors import ApiError, no_route
from simcloud.cloudflare.resources.accounts import ACCOUNT_ID
from simcloud.cloudflare.singleton import Singleton
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.schema import schema_of
from simcloud.values import Props, Value, is_known

_PARAMETER = re.compile(r"\{(\w+)\}")


class CloudflareBinding(Binding):
    """A type over one path of the API. Subclasses name the path; most need nothing else."""

    resource: ClassVar[Collection | Singleton]
    """What answers the path: its rules are asked at preview too."""
    imported: ClassVar[str] = "{zoneId}/{id}"
    """The id that an import is given, with the properties that it holds."""
    update_method: ClassVar[str] = "PUT"
    renamed: ClassVar[Mapping[str, str]] = {}
    """Pulumi's name of a property, wherever it stands, to the API's, where it is not the same in snake case."""
    unsent: ClassVar[frozenset[str]] = frozenset()
    """Properties that are not of the body."""
    written_only: ClassVar[frozenset[str]] = frozenset()
    """Properties that the API never answers: they stay as they were given."""
    kept_in = "cloudflare"
    global_service = True
    service = "cloudflare"

    def request(self, ctx: Context, new: Props) -> Params:
        """The body of a creation."""
        parameters = {self.words.property_of(name) for name in _PARAMETER.findall(self.path(new))}
        left_out = self.unsent | parameters | {"__defaults"}
        return self.words.body({name: value for name, value in new.items() if name not in left_out})

    def create(self, ctx: Context, new: Props) -> str:
        made = self.api(ctx, "POST", self.located(new), self.request(ctx, new))
        return self.identity_of(made, new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        before, body = self.request(ctx, old), self.request(ctx, new)
        gone = dict.fromkeys(before.keys() - body.keys())
        self.api(ctx, self.update_method, self.item(identity, new), {**gone, **body})

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        try:
            answer = self.api(ctx, "GET", self.item(self.own(identity), given))
        except Missing:
            return None
        return self.outputs(answer, given)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        self.api(ctx, "DELETE", self.item(identity, old))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        body = self.request(ctx, new)
        problems = self.problems(self.collection(new), body)
        for error in (*self._lost_scope(ctx, new), *problems, *self._lost(ctx, new, body)):
            yield self.refusal(error)

    def import_id(self, identity: str) -> Props:
        pattern = _PARAMETER.sub(r"(?P<\1>[^/]+)", self.imported)
        match = re.fullmatch(pattern, identity)
        found = match.groupdict() if match else {}
        return {name: value for name, value in found.items() if name != "id"}

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return self.own(identity)

    def collection(self, props: Props) -> Collection | Singleton:
        """What answers for an object with these properties."""
        return self.resource

    def path(self, props: Props) -> str:
        """The path of the collection, with the parameters that it needs."""
        return self.collection(props).path

    def problems(self, collection: Collection | Singleton, body: Body) -> Iterator[ApiError]:
        """What the API refuses in a body that may hold UNKNOWN."""
        yield from collection.problems({**collection.defaults, **body})

    def located(self, props: Props) -> str:
        """The path of the collection that the properties say."""
        return _PARAMETER.sub(
            lambda found: str(props.get(self.words.property_of(found[1]), "")), self.path(props)
        )

    def item(self, identity: str, props: Props) -> str:
        """The path of one object."""
        return f"{self.located(props)}/{identity}"

    def own(self, identity: str) -> str:
        """The id itself, of an identity that may have been given to an import."""
        return identity.rsplit("/", 1)[-1]

    def identity_of(self, made: Any, new: Props) -> str:
        """The provider's id, out of the answer to a creation."""
        return str(made["id"])

    def outputs(self, answer: Any, given: Props) -> Props:
        """An answer in the provider's words; what belongs to the path stays as it was given."""
        found = self.words.props(answer)
        kept = {
            self.words.property_of(name): given.get(self.words.property_of(name))
            for name in _PARAMETER.findall(self.path(given))
        }
        written = {name: given[name] for name in self.written_only if name in given}
        names = schema_of(self.token).outputs - {"id"}
        return {**{name: found.get(name) for name in names}, **written, **kept}

    def api(self, ctx: Context, method: str, path: str, body: Any = None) -> Any:
        """One call. Raises Missing where there is nothing, else Refusal in the provider's words."""
        try:
            return Api(ctx.cloud).call(method, path, body)
        except Refused as refused:
            refusal = self.refusal(refused.errors[0])
            raise (Missing(*_fields(refusal)) if refused.status == 404 else refusal) from refused

    def refusal(self, error: ApiError) -> Refusal:
        """An error of the API at the property that it is about."""
        return Refusal(str(error.code), error.message, self.words.path(error.at))

    @property
    def words(self) -> Words:
        """How the API spells this type's properties."""
        return words_of(self.token, tuple(self.renamed.items()))

    def _lost_scope(self, ctx: Context, new: Props) -> Iterator[ApiError]:
        zone, account = new.get("zoneId"), new.get("accountId")
        if isinstance(zone, str) and ctx.store.get(ZONES, zone) is None:
            yield ApiError(**{**vars(no_route(f"/zones/{zone}")), "at": "zone_id"})
        if isinstance(account, str) and not is_id(account):
            yield ApiError(**{**vars(no_route(f"/accounts/{account}")), "at": "account_id"})

    def _lost(self, ctx: Context, new: Props, body: Body) -> Iterator[ApiError]:
        """Ids that lead nowhere, as far as they are known."""
        names = _PARAMETER.findall(self.path(new))
        params = {name: new.get(self.words.property_of(name), ACCOUNT_ID) for name in names}
        if is_known(params):
            yield from self.collection(new).references(_preview(ctx, params), body)


class Missing(Refusal):
    """There is nothing under that id."""


def _fields(refusal: Refusal) -> tuple[str, str, str]:
    return refusal.code, refusal.message, refusal.path


def _preview(ctx: Context, params: Mapping[str, Value]) -> Call:
    """A call that changes nothing and draws nothing."""
    import random

    return Call(ctx.store, params, "", random.Random(0))  # noqa: S311


class SettingBinding(CloudflareBinding):
    """What a zone has exactly one of: made by changing it, and named by its zone."""

    resource: ClassVar[Singleton]
    imported = "{zoneId}"
    update_method = "PATCH"
    replaces = frozenset({"zoneId"})

    def create(self, ctx: Context, new: Props) -> str:
        self.api(ctx, self.update_method, self.located(new), self.request(ctx, new))
        return str(new["zoneId"])

    def item(self, identity: str, props: Props) -> str:
        return self.located(props)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if self.resource.removable:
            self.api(ctx, "DELETE", self.located(old))
