"""The life cycle of every resource, on plain values: what the gRPC servicer and the SDK mocks both call."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from simcloud import strict
from simcloud.binding import Binding
from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.diff import Difference, difference
from simcloud.recovery import Recovery
from simcloud.references import unresolved
from simcloud.refusal import Refusal, of_client_error
from simcloud.registry import binding_of, invoke_of
from simcloud.schema import Schema, schema_of
from simcloud.values import UNKNOWN, Props, Value, align, is_known

DEFAULTED = "__defaults"


@dataclass(frozen=True)
class Checked:
    """Inputs with defaults and names filled in, and everything that is wrong with them."""

    inputs: Props
    failures: tuple[Refusal, ...] = ()


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
        binding, schema = binding_of(token), schema_of(token)
        inputs = _cleaned(new)
        problems = tuple(schema.problems(inputs))
        if problems:
            return Checked(inputs, problems)
        inputs = self._filled(binding, urn, old, inputs, seed)
        ctx = self._place(binding, inputs)
        return Checked(inputs, tuple(_refusals(ctx, binding, inputs)))

    def diff(self, urn: str, token: str, old_inputs: Props, old_outputs: Props, new: Props) -> Plan:
        """Compare the last inputs with the new ones."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        changes = difference(
            {**old_inputs, **self._all_tags(binding, old_outputs, old_inputs)}, self._tagged(binding, new)
        )
        replaces = binding.schedule(changes.changed)
        return Plan(changes, replaces, bool(replaces) and _is_named(binding, new))

    def preview_create(self, token: str, new: Props) -> Props:
        """The outputs as far as they are known before creation."""
        schema = schema_of(token)
        given = _shown(self._tagged(binding_of(token), new))
        return {**dict.fromkeys(schema.always - given.keys(), UNKNOWN), **given}

    def create(self, urn: str, token: str, new: Props) -> Resource:
        """Make the resource, or none at all: a half-made one is taken back."""
        binding = binding_of(token)
        ctx = self._place(binding, new)
        with self.cloud.transaction() as note:
            left = self._recovery.left_over(urn)
            if left is not None and not difference(left.inputs, new).paths:
                identity = left.identity
            else:
                if left is not None:
                    _take_back(ctx, binding, left.identity, left.inputs)
                _require_presence(ctx, binding, new)
                identity = _call(lambda: binding.create(ctx, new))
                self._finish(ctx, binding, identity, new)
            outputs = self._outputs(ctx, binding, identity, new)
            note.update(self._recovery.created(urn, token, identity, new))
        return Resource(identity, {**outputs, "id": identity}, new)

    def read(self, urn: str, token: str, identity: str, inputs: Props, state: Props) -> Resource | None:
        """The resource as it is now, with inputs that say what a program would have to say; None if it is gone."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        known = state or binding.import_id(identity)
        ctx = self._place(binding, inputs or known)
        found = self._find(ctx, binding, identity, known)
        if found is None:
            return None
        outputs = {
            **{key: value for key, value in state.items() if key != DEFAULTED},
            **_aligned(state, found),
        }
        read_inputs = _read_inputs(inputs, outputs) if inputs else _imported(schema_of(token), outputs)
        return Resource(identity, {**outputs, "id": identity}, read_inputs)

    def update(
        self, urn: str, token: str, identity: str, old_inputs: Props, new: Props, old_outputs: Props
    ) -> Props:
        """Change the resource in place and return its outputs."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        ctx = self._place(binding, new)
        with self.cloud.transaction():
            _require_presence(ctx, binding, new)
            _call(lambda: binding.configure(ctx, identity, new, old_inputs))
            self._sync_tags(ctx, binding, identity, new, old_outputs)
            return self._outputs(ctx, binding, identity, {**_unchanged(old_outputs, old_inputs), **new})

    def preview_update(self, token: str, old_inputs: Props, old_outputs: Props, new: Props) -> Props:
        """The outputs as far as they are known before an update: the cloud's own stay as they are."""
        return _shown({**_unchanged(old_outputs, old_inputs), **self._tagged(binding_of(token), new)})

    def delete(self, urn: str, token: str, identity: str, inputs: Props, state: Props) -> None:
        """Remove the resource; one that is gone already is no error."""
        self._recovery.claim(urn)
        binding = binding_of(token)
        ctx = self._place(binding, inputs or state)
        with self.cloud.transaction() as note:
            _guard(binding, inputs, identity)
            try:
                _call(lambda: binding.delete(ctx, identity, {**inputs, **state}))
            except Refusal as refusal:
                if not binding.is_gone(ClientError({"Error": {"Code": refusal.code}}, "")):
                    raise
            note.update(self._recovery.deleted(urn, identity))

    def invoke(self, token: str, args: Props) -> Props:
        """Answer a look-up (`aws.get_region()` and the like)."""
        look = invoke_of(token)
        region = args.get("region")
        found: Props = _call(
            lambda: look(self._ctx.in_region(region if isinstance(region, str) else None), args)
        )
        return found

    def _place(self, binding: Binding, props: Props) -> Context:
        """Where the resource lives: its own `region`, or the provider's."""
        region = props.get("region")
        if binding.global_service:
            return self._ctx.in_region("us-east-1")
        return self._ctx.in_region(region if isinstance(region, str) else None)

    def _filled(self, binding: Binding, urn: str, old: Props, new: Props, seed: bytes) -> Props:
        filled = {**binding.defaults, **new}
        name = binding.autoname
        if name is not None and new.get(name.property) is None:
            prefix = new.get(f"{name.property}Prefix")
            filled[name.property] = (
                self._name(binding, urn, old, seed, prefix) if is_known(prefix) else UNKNOWN
            )
        return {**filled, DEFAULTED: sorted(filled.keys() - new.keys())}

    def _name(self, binding: Binding, urn: str, old: Props, seed: bytes, prefix: str | None) -> str:
        assert binding.autoname is not None
        naming = binding.autoname
        left = self._recovery.name_of(urn, naming.property)
        if naming.property in old.get(DEFAULTED, ()):
            return str(old[naming.property])
        if left is not None:
            return left
        suffix = seed.hex() or secrets.token_hex(16)
        if prefix is not None:
            return prefix + suffix[:26]
        logical = urn.rsplit("::", 1)[-1]
        return naming.start + (logical.lower() if naming.lower else logical) + f"-{suffix[:7]}"

    def _tagged(self, binding: Binding, props: Props) -> Props:
        """`props` with `tagsAll`, and with the provider's region where the type has one."""
        schema = schema_of(binding.token)
        extra: Props = {}
        if binding.tagging is not None and "tagsAll" in schema.outputs:
            extra["tagsAll"] = {**self._ctx.default_tags, **(props.get("tags") or {})}
        if "region" in schema.inputs and "region" not in props:
            extra["region"] = self._ctx.region
        return {**props, **extra}

    def _all_tags(self, binding: Binding, outputs: Props, inputs: Props) -> Props:
        derived = self._tagged(binding, inputs)
        names = [name for name in ("tagsAll", "region") if name in derived]
        return {name: outputs.get(name, derived[name]) for name in names}

    def _finish(self, ctx: Context, binding: Binding, identity: str, new: Props) -> None:
        """The calls after the first one; if one of them is refused nothing is left behind."""
        try:
            _call(lambda: binding.configure(ctx, identity, new, {}))
            self._sync_tags(ctx, binding, identity, new, {})
        except Refusal:
            _take_back(ctx, binding, identity, new)
            raise

    def _sync_tags(
        self, ctx: Context, binding: Binding, identity: str, new: Props, old_outputs: Props
    ) -> None:
        wanted = self._tagged(binding, new).get("tagsAll")
        if binding.tagging is None or (not wanted and not old_outputs.get("tagsAll")):
            return
        state = _call(lambda: binding.read(ctx, identity, {**old_outputs, **new})) or {}
        key = binding.tag_key(identity, {**old_outputs, **new, **state})
        tagging = binding.tagging
        _call(lambda: tagging.sync(ctx, key, wanted or {}, old_outputs.get("tagsAll") or {}))

    def _outputs(self, ctx: Context, binding: Binding, identity: str, given: Props) -> Props:
        found = self._find(ctx, binding, identity, given)
        if found is None:
            raise Refusal(
                "InternalFailure", f"{binding.token} {identity} cannot be read back after it was made."
            )
        return {**_shown(given), **_aligned(given, found)}

    def _find(self, ctx: Context, binding: Binding, identity: str, given: Props) -> Props | None:
        """The binding's answer with tags and region added, or None if the resource is gone."""
        try:
            found = binding.read(ctx, identity, given)
            if found is None:
                return None
            return {**found, **self._found_tags(ctx, binding, identity, {**given, **found})}
        except ClientError as error:
            if binding.is_gone(error):
                return None
            raise of_client_error(error) from error

    def _found_tags(self, ctx: Context, binding: Binding, identity: str, state: Props) -> Props:
        schema = schema_of(binding.token)
        found: Props = {"region": ctx.region} if "region" in schema.outputs else {}
        if binding.tagging is not None:
            every = binding.tagging.current(ctx, binding.tag_key(identity, state))
            inherited = {name for name, value in self._ctx.default_tags.items() if every.get(name) == value}
            own = {
                name: value
                for name, value in every.items()
                if name not in inherited or name in (state.get("tags") or {})
            }
            found.update(tags=own or None, tagsAll=every)
        return found


def _cleaned(value: Value) -> Value:
    """Without nulls, and without the bookkeeping of an earlier check."""
    if isinstance(value, Mapping):
        return {key: _cleaned(item) for key, item in value.items() if item is not None and key != DEFAULTED}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


def _refusals(ctx: Context, binding: Binding, inputs: Props) -> Iterator[Refusal]:
    yield from _name_too_long(binding, inputs)
    yield from _model_violations(ctx, binding, inputs)
    yield from binding.rules(ctx, inputs)
    yield from unresolved(ctx, binding, inputs, names=False)


def _require_presence(ctx: Context, binding: Binding, new: Props) -> None:
    """Raise the first refusal that depends on what else exists."""
    for refusal in (*unresolved(ctx, binding, new, names=True), *binding.presence(ctx, new)):
        raise refusal


def _name_too_long(binding: Binding, inputs: Props) -> Iterator[Refusal]:
    naming = binding.autoname
    if naming is None or naming.property not in inputs[DEFAULTED]:
        return
    name = inputs[naming.property]
    if len(name) > naming.limit:
        yield Refusal(
            "InvalidParameterValue",
            f"the generated name {name!r} has {len(name)} characters, at most {naming.limit} are allowed.",
            naming.property,
            f"shorten the logical name to {naming.limit - 8} characters, or give `{naming.property}`.",
        )


def _model_violations(ctx: Context, binding: Binding, inputs: Props) -> Iterator[Refusal]:
    """What the service model forbids in the create request, with paths in the words of the program."""
    if not binding.operation:
        return
    client = ctx.client(binding.service)
    operation = client.meta.service_model.operation_model(
        client.meta.method_to_api_mapping[binding.operation]
    )
    for problem in strict.violations(operation.input_shape, binding.request(ctx, inputs)):
        name = _property_path(binding, problem.path)
        top = name.split(".", 1)[0].split("[", 1)[0]
        text = problem.message if top in inputs else f"{problem.path}: {problem.message}"
        yield Refusal(problem.code, text, name if top in inputs else "", problem.fix)


def _property_path(binding: Binding, path: str) -> str:
    """The property that the parameter at `path` came from."""
    for parameter, name in binding.parameters.items():
        if re.match(rf"{re.escape(parameter)}(?![^.\[])", path):
            path = name + path[len(parameter) :]
            break
    return re.sub(r"(?:^|(?<=\.))[A-Z]", lambda initial: initial.group().lower(), path)


def _is_named(binding: Binding, new: Props) -> bool:
    """Whether the name was chosen by the program: then the old resource must go first."""
    naming = binding.autoname
    return naming is not None and naming.property in new and naming.property not in new.get(DEFAULTED, ())


def _call(action: Any) -> Any:
    try:
        return action()
    except ClientError as error:
        raise of_client_error(error) from error


def _take_back(ctx: Context, binding: Binding, identity: str, inputs: Props) -> None:
    """Remove what a refused creation left."""
    try:
        binding.delete(ctx, identity, inputs)
    except ClientError as error:
        if not binding.is_gone(error):
            raise of_client_error(error) from error


def _guard(binding: Binding, inputs: Props, identity: str) -> None:
    if binding.protected_by and inputs.get(binding.protected_by) is True:
        raise Refusal(
            "OperationNotPermitted",
            f"{identity} cannot be deleted while {binding.protected_by} is on.",
            binding.protected_by,
            f"set {binding.protected_by} to false, deploy, then delete.",
        )


def _aligned(given: Props, found: Props) -> Props:
    return {
        key: align(given[key], value) if key in given and key not in _WHOLE else value
        for key, value in found.items()
    }


# Maps in which a key that nobody gave is drift, not a default that the cloud filled in.
_WHOLE = frozenset({"tags", "tagsAll"})


def _shown(props: Props) -> Props:
    """What may appear in outputs: neither bookkeeping nor write-only values."""
    return {key: value for key, value in props.items() if key != DEFAULTED and not key.endswith("Wo")}


def _unchanged(outputs: Props, inputs: Props) -> Props:
    """Outputs that the cloud computed: they survive an update that does not say otherwise."""
    return {key: value for key, value in outputs.items() if key not in inputs}


def _read_inputs(inputs: Props, outputs: Props) -> Props:
    """The inputs that would describe what was found."""
    refreshed = {key: outputs.get(key, value) for key, value in inputs.items()}
    return {key: value for key, value in refreshed.items() if value is not None}


def _imported(schema: Schema, outputs: Props) -> Props:
    inputs = {
        key: value
        for key, value in outputs.items()
        if key in schema.inputs
        and value not in (None, "", [], {})
        and is_known(value)
        and key not in ("tagsAll", "region")
    }
    return {**inputs, DEFAULTED: []}
