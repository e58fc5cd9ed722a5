"""Takes one case file through create, read, update, drift, refresh, replace and delete, by the provider's calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from simcloud.checking import DEFAULTED
from simcloud.cloudflare.api import Api
from simcloud.context import Context
from simcloud.provider import Provider, Resource
from simcloud.schema import schema_of
from simcloud.values import UNKNOWN, Props, Value, align

_REFERENCE = re.compile(r"\$\{([\w-]+)\.([\w-]+)\}")


@dataclass
class Case:
    """The words of a case file; see docs/simcloud.md for the format."""

    path: Path
    type: str
    create: Props
    given: dict[str, Props] = field(default_factory=dict)
    outputs: Props = field(default_factory=dict)
    update: Props = field(default_factory=dict)
    updated: Props = field(default_factory=dict)
    replace: Props = field(default_factory=dict)
    drift: Props = field(default_factory=dict)
    remains: bool = False
    null_outputs: list[str] = field(default_factory=list)
    importable: bool = True
    import_id: str = ""


def load(path: Path) -> Case:
    """Read a case file."""
    return Case(path=path, **yaml.safe_load(path.read_text()))


class Runner:
    """One case against one provider."""

    def __init__(self, case: Case, provider: Provider, ctx: Context) -> None:
        self.case, self.provider, self.ctx = case, provider, ctx
        self.made: dict[str, Resource] = {}
        self.tokens: dict[str, str] = {}

    def make_given(self) -> None:
        for name, described in self.case.given.items():
            self.made[name] = self.make(
                name, described["type"], self.resolved(described.get("properties", {}))
            )
            self.tokens[name] = described["type"]

    def remove_given(self) -> None:
        for name in reversed(self.made):
            self.remove(self.made[name], name, self.tokens[name])

    def make(self, name: str, token: str, props: Props) -> Resource:
        checked = self.provider.check(urn(name, token), token, {}, props)
        assert not checked.failures, [f"{failure.path}: {failure}" for failure in checked.failures]
        return self.provider.create(urn(name, token), token, checked.inputs)

    def remove(self, resource: Resource, name: str, token: str) -> None:
        self.provider.delete(urn(name, token), token, resource.identity, resource.inputs, resource.outputs)

    def previews(self) -> None:
        """With nothing known yet, check says yes and every computed output is unknown."""
        unknown = _with_unknowns(self.case.create)
        checked = self.provider.check(urn("it", self.case.type), self.case.type, {}, unknown)
        assert not checked.failures, [f"{failure.path}: {failure}" for failure in checked.failures]
        outputs = self.provider.preview_create(self.case.type, checked.inputs)
        for name in schema_of(self.case.type).computed & schema_of(self.case.type).always - {"tagsAll"}:
            assert outputs[name] is UNKNOWN, name

    def creates(self) -> Resource:
        resource = self.make("it", self.case.type, self.resolved(self.case.create))
        missing = {
            name
            for name in schema_of(self.case.type).always
            if resource.outputs.get(name) is None and name not in self.case.null_outputs
        }
        assert not missing, f"outputs that the provider always has are absent: {sorted(missing)}"
        _assert_subset(self.resolved(self.case.outputs), {**resource.outputs, "id": resource.identity})
        self.is_settled(resource)
        return resource

    def is_settled(self, resource: Resource) -> None:
        """A refresh finds no drift."""
        read = self.provider.read(
            urn("it", self.case.type), self.case.type, resource.identity, resource.inputs, resource.outputs
        )
        assert read is not None
        paths = self.plan(resource.inputs, read.outputs, read.inputs).difference.paths
        assert paths == {}, paths
        assert {key: value for key, value in read.outputs.items() if key not in resource.outputs} == {}

    def imports(self, resource: Resource) -> None:
        """`pulumi import` by id finds what was created."""
        if not self.case.importable:
            return
        asked = self.resolved(self.case.import_id, it=resource) or resource.identity
        read = self.provider.read(urn("it", self.case.type), self.case.type, asked, {}, {})
        assert read is not None, f"not importable by {asked}"
        assert read.identity == resource.identity
        given = {key: resource.inputs.get(key) for key in self.case.create if key in read.inputs}
        assert (
            self.plan(given, {}, {key: align(given[key], read.inputs[key]) for key in given}).difference.paths
            == {}
        )

    def updates(self, resource: Resource) -> Resource:
        if not self.case.update:
            return resource
        new = self.rechecked(resource, self.case.update)
        plan = self.plan(resource.inputs, resource.outputs, new)
        assert plan.replaces == frozenset(), f"update would replace: {sorted(plan.replaces)}"
        assert plan.difference.paths, "update changes nothing"
        outputs = self.provider.update(
            urn("it", self.case.type),
            self.case.type,
            resource.identity,
            resource.inputs,
            new,
            resource.outputs,
        )
        updated = Resource(resource.identity, outputs, new)
        _assert_subset(self.resolved(self.case.updated), outputs)
        self.is_settled(updated)
        return updated

    def drifts(self, resource: Resource) -> None:
        """A change made over the API is found by refresh and put right by update."""
        if not self.case.drift:
            return
        drift = self.case.drift
        self.calls(drift, resource)
        token = self.case.type
        read = self.provider.read(
            urn("it", token), token, resource.identity, resource.inputs, resource.outputs
        )
        if drift.get("gone"):
            assert read is None
            return
        assert read is not None
        plan = self.plan(read.inputs, read.outputs, resource.inputs)
        assert set(drift["changes"]) <= set(plan.difference.changed), plan.difference.paths
        outputs = self.provider.update(
            urn("it", token), token, resource.identity, read.inputs, resource.inputs, read.outputs
        )
        self.is_settled(Resource(resource.identity, outputs, resource.inputs))

    def calls(self, drift: Props, resource: Resource) -> None:
        """What somebody does behind the engine's back: a call of boto3, or `METHOD /path` of Cloudflare's API."""
        params = self.resolved(drift.get("params", {}), it=resource)
        if drift["service"] == "cloudflare":
            method, path = self.resolved(drift["call"], it=resource).split(" ", 1)
            Api(self.ctx.cloud).call(method, path, params)
            return
        client = self.ctx.client(drift["service"], drift.get("region"))
        getattr(client, drift["call"])(**params)

    def replaces(self, resource: Resource) -> None:
        """Each of these changes alone forces a replacement."""
        for key, value in self.case.replace.items():
            changed = {**resource.inputs, key: self.resolved(value)}
            assert key in self.plan(resource.inputs, resource.outputs, changed).replaces, key

    def deletes(self, resource: Resource) -> None:
        self.remove(resource, "it", self.case.type)
        read = self.provider.read(
            urn("it", self.case.type), self.case.type, resource.identity, resource.inputs, resource.outputs
        )
        assert (read is None) is not self.case.remains, "still there after delete"
        self.remove(resource, "it", self.case.type)

    def plan(self, old_inputs: Props, old_outputs: Props, new: Props) -> Any:
        return self.provider.diff(urn("it", self.case.type), self.case.type, old_inputs, old_outputs, new)

    def rechecked(self, resource: Resource, change: Props) -> Props:
        explicit = {
            key: value for key, value in resource.inputs.items() if key not in resource.inputs[DEFAULTED]
        }
        merged = {**explicit, **self.resolved(change)}
        checked = self.provider.check(
            urn("it", self.case.type),
            self.case.type,
            resource.inputs,
            {key: value for key, value in merged.items() if value is not None},
        )
        assert not checked.failures, [f"{failure.path}: {failure}" for failure in checked.failures]
        return checked.inputs

    def resolved(self, value: Value, it: Resource | None = None) -> Value:
        known = {**self.made, **({"it": it} if it else {})}
        return _map_strings(value, lambda text: _substitute(text, known))


def urn(name: str, token: str) -> str:
    return f"urn:pulumi:test::plinth::{token}::{name}"


def _substitute(text: str, known: dict[str, Resource]) -> Value:
    whole = _REFERENCE.fullmatch(text)
    if whole:
        return _property(known, whole)
    return _REFERENCE.sub(lambda found: str(_property(known, found)), text)


def _property(known: dict[str, Resource], found: re.Match[str]) -> Value:
    resource = known[found.group(1)]
    return resource.identity if found.group(2) == "id" else resource.outputs[found.group(2)]


def _with_unknowns(value: Value) -> Value:
    return _map_strings(value, lambda text: UNKNOWN if _REFERENCE.search(text) else text)


def _map_strings(value: Value, change: Any) -> Value:
    if isinstance(value, dict):
        return {key: _map_strings(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_map_strings(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _assert_subset(expected: Props, actual: Props) -> None:
    for key, value in expected.items():
        assert actual.get(key) == value, f"{key}: expected {value!r}, got {actual.get(key)!r}"
