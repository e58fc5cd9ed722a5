"""The simulated cloud as Pulumi SDK mocks: a program under test makes real resources, and boto3 tells what it made.

def test_network(simulation: Simulation) -> None:
    simulation.run(lambda: Network("main", NetworkArgs(...)))
    assert len(simulation.client("ec2").describe_subnets()["Subnets"]) == 9
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi.output import Unknown as SdkUnknown
from pulumi.runtime import get_root_resource, rpc
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks, set_mocks, test
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.sync_await import _ensure_event_loop

from simcloud.assets import ARCHIVE, ASSET, SIGNATURE
from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.marshal import struct_of
from simcloud.provider import Provider
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, Value

_PROJECT = "plinth"
# What a file or S3 backend calls everybody's organization.
_ORGANIZATION = "organization"


class Refused(Exception):
    """What the simulated cloud refused, one line per problem."""

    def __init__(self, name: str, token: str, failures: tuple[Refusal, ...]) -> None:
        super().__init__(
            "\n".join(f"{token} {name}: {item.path or '(resource)'}: {item}" for item in failures)
        )
        self.failures = failures


@dataclass(frozen=True)
class Registered:
    """One resource that the program declared, components included. `parent` is the parent's URN."""

    type: str
    name: str
    parent: str
    urn: str
    inputs: Props
    outputs: Props


@dataclass(frozen=True)
class Standing:
    """One resource of the cloud that a program made."""

    type: str
    name: str
    urn: str
    identity: str
    inputs: Props
    outputs: Props


class Simulation(Mocks):
    """An empty cloud, and a way to run programs against it."""

    def __init__(
        self,
        stack: str = "dev",
        region: str = "us-east-1",
        preview: bool = False,
        cloud: Cloud | None = None,
    ) -> None:
        self.cloud = Cloud() if cloud is None else cloud
        # What the stacks of this cloud told, by the name that a `pulumi.StackReference` asks for.
        self._told: dict[str, Mapping[str, Any]] = {}
        self.registered: list[Registered] = []
        self.standing: dict[str, Standing] = {}
        # While a program runs again: what it would change.
        self._changes: dict[str, tuple[str, ...]] | None = None
        self._context = Context(self.cloud, region=region)
        self._provider = Provider(self._context)
        self._stack, self._preview = stack, preview

    def beside(self, stack: str, region: str) -> Simulation:
        """Another stack of the same project in the same cloud; it can refer to those that ran before."""
        other = Simulation(stack, region, self._preview, self.cloud)
        other._told = self._told
        return other

    def run(self, program: Callable[[], Any], config: Mapping[str, str] | None = None) -> Any:
        """Run `program` to its end, with outputs resolved, and return what it returned.

        Raises what the program raised; a refused resource raises `Refused`.
        """
        # The SDK keeps configuration for the whole process: an earlier program's region is not this one's.
        for key, value in {"aws:region": self._context.region, **(config or {})}.items():
            pulumi.runtime.set_config(key, value)
        set_mocks(
            self,
            project=_PROJECT,
            stack=self._stack,
            preview=self._preview,
            monitor=_Monitor(self),
            organization=_ORGANIZATION,
        )
        _forget_transformations()
        held: list[Any] = []
        awaited: Any = test
        awaited(lambda: pulumi.Output.from_input(program()).apply(held.append, run_with_unknowns=True))()
        returned = held[0] if held else None
        if isinstance(returned, Mapping) and self._changes is None:
            self._told[f"{_ORGANIZATION}/{_PROJECT}/{self._stack}"] = returned
        return returned

    def again(self, program: Callable[[], Any]) -> Mapping[str, tuple[str, ...]]:
        """Run `program` against what an earlier run made, and change nothing: name to the properties that differ.

        What it would make is there as `create`, what it does not name any more as `delete`.
        """
        self._changes, named = {}, len(self.registered)
        try:
            self.run(program)
            kept = {(item.type, item.name) for item in self.registered[named:]}
            gone = {
                item.name: ("delete",)
                for item in self.standing.values()
                if (item.type, item.name) not in kept
            }
            return {**self._changes, **gone}
        finally:
            self._changes = None

    def destroy(self) -> None:
        """Delete what stands, what was made last first; raises Refusal as the cloud does."""
        for urn, item in reversed(list(self.standing.items())):
            with self.cloud.lock:
                self._provider.delete(urn, item.type, item.identity, item.inputs, item.outputs)
            del self.standing[urn]

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client of the cloud."""
        return self._context.client(service, region)

    def of_type(self, token: str) -> list[Registered]:
        """The declared resources of one type, by their order."""
        return [item for item in self.registered if item.type == token]

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Check and create, as the engine would."""
        if args.typ == "pulumi:pulumi:StackReference":
            return self._refer(str(args.resource_id))
        if not args.custom or args.typ.startswith("pulumi:"):
            return args.name, args.inputs
        with self.cloud.lock:
            self.cloud.enter()
            return self._make(args)

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Answer a look-up."""
        with self.cloud.lock:
            self.cloud.enter()
            return self._provider.invoke(args.token, _plain(args.args)), []

    def _refer(self, stack: str) -> tuple[str, dict[str, Any]]:
        """What an earlier stack told, as the engine's built-in provider answers it."""
        if stack not in self._told:
            raise LookupError(f"unknown stack {stack!r}")
        return stack, {"name": stack, "outputs": dict(self._told[stack]), "secretOutputNames": []}

    def _make(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        urn = f"urn:pulumi:{self._stack}::plinth::{args.typ}::{args.name}"
        if args.resource_id:
            return self._adopt(urn, args)
        known = None if self._changes is None else self.standing.get(urn)
        checked = self._provider.check(urn, args.typ, known.inputs if known else {}, _plain(args.inputs))
        if checked.failures:
            raise Refused(args.name, args.typ, checked.failures)
        if self._changes is not None:
            return self._compare(args, known, checked.inputs)
        if self._preview:
            return None, self._provider.preview_create(args.typ, checked.inputs)
        made = self._provider.create(urn, args.typ, checked.inputs)
        self.standing[urn] = Standing(args.typ, args.name, urn, made.identity, checked.inputs, made.outputs)
        return made.identity, made.outputs

    def _compare(
        self, args: MockResourceArgs, known: Standing | None, inputs: Props
    ) -> tuple[str | None, dict[str, Any]]:
        assert self._changes is not None
        if known is None:
            self._changes[args.name] = ("create",)
            return None, self._provider.preview_create(args.typ, inputs)
        plan = self._provider.diff(known.urn, args.typ, known.inputs, known.outputs, inputs)
        if plan.difference.changed:
            self._changes[args.name] = tuple(sorted(plan.difference.changed))
        return known.identity, known.outputs

    def _adopt(self, urn: str, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        found = self._provider.read(urn, args.typ, str(args.resource_id), {}, {})
        if found is None:
            missing = Refusal("NotFound", f"{args.resource_id} does not exist")
            raise Refused(args.name, args.typ, (missing,))
        return found.identity, found.outputs


def _forget_transformations() -> None:
    """Those of an earlier program: the SDK keeps the stack's resource for the whole process."""
    root: Any = get_root_resource()
    if root is not None:
        root._transformations = []  # noqa: SLF001 - the SDK has no other way to take one back


class _Monitor(MockMonitor):
    """Notes what is registered, with parents."""

    def __init__(self, simulation: Simulation) -> None:
        super().__init__(simulation)
        self._simulation = simulation

    def RegisterResource(self, request: Any) -> Any:
        urn = self.make_urn(request.parent, request.type, request.name)
        if request.type == "pulumi:pulumi:Stack":
            return resource_pb2.RegisterResourceResponse(urn=urn)
        ensure_event_loop: Any = _ensure_event_loop
        ensure_event_loop()
        inputs = _plain(rpc.deserialize_properties(request.object, keep_unknowns=True))
        arguments = MockResourceArgs(
            request.type, request.name, inputs, request.provider, request.importId, request.custom
        )
        identity, state = self.mocks.new_resource(arguments)
        self._simulation.registered.append(
            Registered(request.type, request.name, request.parent, urn, inputs, state)
        )
        self.resources[urn] = MockMonitor.ResourceRegistration(urn, identity or "", state)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity or "", object=struct_of(state))


def _plain(value: Any) -> Value:
    """Without the SDK's wrappers: secrets unwrapped, unknowns as ours."""
    if isinstance(value, SdkUnknown):
        return UNKNOWN
    if rpc.is_rpc_secret(value):
        return _plain(rpc.unwrap_rpc_secret(value))
    if isinstance(value, pulumi.Asset | pulumi.Archive):
        return _sent(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _sent(value: pulumi.Asset | pulumi.Archive) -> Props:
    """An asset or archive as the engine would send it."""
    if isinstance(value, pulumi.AssetArchive):
        return {SIGNATURE: ARCHIVE, "assets": {name: _sent(item) for name, item in value.assets.items()}}
    if isinstance(value, pulumi.StringAsset) and not value.text:
        # The real engine drops a text of no length, and the program then fails on the answer.
        raise ValueError("an asset of no text at all: the engine cannot hold it. Give it a line.")
    mark = ARCHIVE if isinstance(value, pulumi.Archive) else ASSET
    return {
        SIGNATURE: mark,
        **{name: getattr(value, name) for name in ("path", "uri", "text") if hasattr(value, name)},
    }
