"""The life cycle of every resource, on plain values: what the gRPC servicer and the SDK mocks both call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from botocore.exceptions import ClientError

from simcloud import answers
from simcloud.answers import asked
from simcloud.binding import Binding
from simcloud.checking import (
    DEFAULTED,
    Checked,
    blamed,
    cleaned,
    completed,
    is_named,
    refusals,
    require_presence,
)
from simcloud.clock import clock
from simcloud.cloud import Cloud
from simcloud.coercion import coerced
from simcloud.context import Context
from simcloud.diff import Difference, difference
from simcloud.quotas import exceeded
from simcloud.recovery import LeftOver, Recovery
from simcloud.refusal import HalfMade, Refusal, of_client_error
from simcloud.regions import region_problems
from simcloud.registry import binding_of, invoke_of
from simcloud.schema import schema_of
from simcloud.values import UNKNOWN, Props


@dataclass(frozen=True)
class Resource:
    """A resource as the cloud has it."""

    identity: str
    outputs: Props
    inputs: Props = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What an update would do."""

    difference: Difference
    replaces: frozenset[str]
    delete_first: bool


class Provider:
    """One provider configuration over a cloud."""

    def __init__(self, ctx: Context, recovery: Recovery | None = None) -> None:
        self._ctx = ctx
        self._recovery = recovery or Recovery(())

    @property
    def cloud(self) -> Cloud:
        """The cloud behind."""
        return self._ctx.cloud

    def check(self, urn: str, token: str, old: Props, new: Props, seed: bytes = b"") -> Checked:
        """Fill in defaults and validate; `old` are the inputs of the last deployment, empty before the first."""
        binding, schema, inputs = binding_of(token), schema_of(token), cleaned(new)
        problems = (*schema.problems(inputs), *region_problems(inputs))
        if problems:
            return Checked(inputs, problems)
        inputs = completed(binding, self._recovery, urn, old, coerced(schema, inputs), seed)
        ctx = self._place(binding, inputs)
        key = (token, ctx.region, json.dumps(inputs, sort_keys=True, default=repr))
        if key in self.cloud.seen:
            return Checked(inputs)
        failures = tuple(refusals(ctx, binding, inputs))
        if not failures:
            self.cloud.seen.add(key)
        return Checked(inputs, failures)

    def diff(self, urn: str, token: str, old_inputs: Props, old_outputs: Props, new: Props) -> Plan:
        """Compare the last inputs with the new ones."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        said = answers.given(schema_of(token), old_inputs, new)
        last = self._last(binding, said, old_outputs)
        changes = difference(last, answers.tagged(self._ctx, binding, new))
        replaces = binding.schedule(changes.changed) | (binding.forced(last, new) & changes.changed)
        return Plan(changes, replaces, bool(replaces) and is_named(binding, new))

    def preview_create(self, token: str, new: Props) -> Props:
        """The outputs as far as they are known before creation."""
        given = answers.shown(answers.tagged(self._ctx, binding_of(token), new))
        return {**dict.fromkeys(schema_of(token).always - given.keys(), UNKNOWN), **given}

    def create(self, urn: str, token: str, new: Props) -> Resource:
        """Make the resource, or none at all: a half-made one is taken back."""
        binding = binding_of(token)
        ctx = self._place(binding, new)
        with self.cloud.transaction() as note:
            left = self._recovery.left_over(urn)
            if left is not None and not difference(left.inputs, new).paths:
                had = answers.tagged(ctx, binding, left.inputs).get("tagsAll") or {}
                made = Resource(
                    left.identity, answers.settled(ctx, binding, left.identity, new, new, had), new
                )
            else:
                made = self._make(ctx, binding, new, left)
            note.update(self._recovery.created(urn, token, made.identity, new))
        return _with_id(made)

    def read(self, urn: str, token: str, identity: str, inputs: Props, state: Props) -> Resource | None:
        """The resource as it is now, with inputs that say what a program would have to say; None if it is gone."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        known = state or binding.import_id(identity)
        with self.cloud.lock:
            ctx = self._place(binding, inputs or known)
            found = answers.found(ctx, binding, identity, known)
        if found is None:
            return None
        old = {key: value for key, value in state.items() if key != DEFAULTED}
        outputs = {**old, **answers.aligned(state, found)}
        said = answers.read_inputs(inputs, outputs) if inputs else answers.imported(schema_of(token), outputs)
        own = identity if state or inputs else binding.adopted(ctx, identity, outputs)
        return _with_id(Resource(own, outputs, said))

    def update(
        self, urn: str, token: str, identity: str, old_inputs: Props, new: Props, old_outputs: Props
    ) -> Props:
        """Change the resource in place and return its outputs."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        ctx = self._place(binding, new)
        with self.cloud.transaction():
            require_presence(ctx, binding, new)
            with _blaming(binding):
                asked(lambda: binding.configure(ctx, identity, new, old_inputs))
            given = {**answers.unchanged(old_outputs, old_inputs), **new}
            return answers.settled(ctx, binding, identity, given, new, old_outputs.get("tagsAll") or {})

    def preview_update(self, token: str, old_inputs: Props, old_outputs: Props, new: Props) -> Props:
        """The outputs as far as they are known before an update: the cloud's own stay as they are."""
        said = answers.tagged(self._ctx, binding_of(token), new)
        return answers.shown({**answers.unchanged(old_outputs, old_inputs), **said})

    def delete(self, urn: str, token: str, identity: str, inputs: Props, state: Props) -> None:
        """Remove the resource; one that is gone already is no error."""
        binding = binding_of(token)
        ctx = self._place(binding, inputs or state)
        with self.cloud.transaction() as note:
            _require_unprotected(ctx, binding, identity, {**inputs, **state})
            try:
                asked(lambda: binding.delete(ctx, identity, {**inputs, **state}))
            except Refusal:
                if (
                    asked(lambda: answers.unless_gone(ctx, binding, identity, {**inputs, **state}))
                    is not None
                ):
                    raise
            note.update(self._recovery.deleted(urn, identity))

    def invoke(self, token: str, args: Props) -> Props:
        """Answer a look-up (`aws.get_region()` and the like)."""
        look, region = invoke_of(token), args.get("region")
        ctx = self._ctx.in_region(region if isinstance(region, str) else None)
        with self.cloud.lock:
            return asked(lambda: look(ctx, args))

    def _place(self, binding: Binding, props: Props) -> Context:
        """Where the resource lives: its own `region`, or the provider's."""
        if binding.global_service:
            return self._ctx.in_region("us-east-1")
        region = props.get("region")
        return self._ctx.in_region(region if isinstance(region, str) else None)

    def _last(self, binding: Binding, inputs: Props, outputs: Props) -> Props:
        """The last inputs, with what the provider derives from its own settings."""
        derived = answers.tagged(self._ctx, binding, inputs)
        names = [name for name in ("tagsAll", "region") if name in derived]
        return {**inputs, **{name: outputs.get(name, derived[name]) for name in names}}

    def _make(self, ctx: Context, binding: Binding, new: Props, left: LeftOver | None) -> Resource:
        """All the calls of a creation; if one of them is refused nothing is left behind."""
        if left is not None:
            _take_back(ctx, binding, left.identity, left.inputs)
        require_presence(ctx, binding, new)
        for refusal in exceeded(ctx, binding.token, new):
            raise refusal
        with _blaming(binding):
            identity = asked(lambda: binding.create(ctx, new))
        clock.leap()
        try:
            with _blaming(binding):
                asked(lambda: binding.configure(ctx, identity, new, {}))
            return Resource(identity, answers.settled(ctx, binding, identity, new, new, {}), new)
        except Refusal as refusal:
            try:
                _take_back(ctx, binding, identity, new)
            except Refusal:
                raise HalfMade(refusal, identity) from refusal
            raise


@contextmanager
def _blaming(binding: Binding) -> Iterator[None]:
    """What the cloud refuses inside is told at the property that it is about."""
    try:
        yield
    except Refusal as refusal:
        raise blamed(binding, refusal) from refusal.__cause__


def _with_id(resource: Resource) -> Resource:
    """With the id among the outputs, as bridged providers have it."""
    return Resource(resource.identity, {**resource.outputs, "id": resource.identity}, resource.inputs)


def _take_back(ctx: Context, binding: Binding, identity: str, inputs: Props) -> None:
    """Remove what a refused creation left."""
    try:
        binding.delete(ctx, identity, inputs)
    except ClientError as error:
        if not binding.is_gone(error):
            raise of_client_error(error) from error


def _require_unprotected(ctx: Context, binding: Binding, identity: str, given: Props) -> None:
    """Refuse to delete what is protected in the cloud, whatever the program says."""
    if not binding.protected_by:
        return
    found = asked(lambda: answers.unless_gone(ctx, binding, identity, given)) or {}
    if found.get(binding.protected_by) is True:
        raise Refusal(
            "OperationNotPermitted",
            f"{identity} cannot be deleted while {binding.protected_by} is on.",
            binding.protected_by,
            f"set {binding.protected_by} to false, deploy, then delete.",
        )
