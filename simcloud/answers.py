"""What the cloud says about a resource, as outputs: aligned with what was given, with tags and region."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import ClientError

from simcloud.binding import Binding
from simcloud.checking import DEFAULTED, IMPORTED
from simcloud.clock import clock
from simcloud.context import Context
from simcloud.refusal import Refusal, of_client_error
from simcloud.schema import Schema, schema_of
from simcloud.tagging import Tags
from simcloud.values import Complete, Props, Value, align, is_known

T = TypeVar("T")
# Maps in which a key that nobody gave is drift, not a default that the cloud filled in.
_WHOLE = frozenset({"tags", "tagsAll"})


def asked(action: Callable[[], T]) -> T:
    """The result of `action`; what AWS refused becomes a Refusal."""
    try:
        return action()
    except ClientError as error:
        raise of_client_error(error) from error


def found(ctx: Context, binding: Binding, identity: str, given: Props) -> Props | None:
    """The binding's answer with tags and region added, or None if the resource is gone."""
    answer = asked(lambda: unless_gone(ctx, binding, identity, given))
    if answer is None:
        return None
    return {**answer, **asked(lambda: _placed(ctx, binding, identity, {**given, **answer}))}


def settled(ctx: Context, binding: Binding, identity: str, given: Props, new: Props, had: Tags) -> Props:
    """The outputs of a resource that was just made or changed; its tags, which were `had`, become those of `new`.

    The provider waits until AWS is done: so does this, by leaping.
    """
    clock.leap()
    answer = asked(lambda: unless_gone(ctx, binding, identity, given))
    if answer is None:
        raise Refusal("InternalFailure", f"{binding.token} {identity} cannot be read back after it was made.")
    return {
        **shown(given),
        **aligned(given, answer),
        **_region(ctx, binding),
        **_retagged(ctx, binding, identity, {**given, **answer}, new, had),
    }


def unless_gone(ctx: Context, binding: Binding, identity: str, given: Props) -> Props | None:
    """The binding's answer, with AWS's ways to say «not found» as None."""
    try:
        return binding.read(ctx, identity, given)
    except ClientError as error:
        if binding.is_gone(error):
            return None
        raise


def tagged(ctx: Context, binding: Binding, props: Props) -> Props:
    """`props` with `tagsAll`, and with the provider's region where the type has one."""
    schema = schema_of(binding.token)
    extra: Props = {}
    if binding.tagging is not None and "tagsAll" in schema.outputs:
        extra["tagsAll"] = {**ctx.default_tags, **(props.get("tags") or {})}
    if "region" in schema.inputs and "region" not in props:
        extra["region"] = ctx.region
    return {**props, **extra}


def aligned(given: Props, answer: Props) -> Props:
    """`answer` in the words of `given`."""
    return {key: _in_words(key, given, value) for key, value in answer.items()}


def _in_words(key: str, given: Props, value: Value) -> Value:
    if key in given and key not in _WHOLE:
        return align(given[key], value)
    return dict(value) if isinstance(value, Complete) else value


def shown(props: Props) -> Props:
    """What may appear in outputs: neither bookkeeping nor write-only values."""
    return {key: value for key, value in props.items() if key != DEFAULTED and not key.endswith("Wo")}


def unchanged(outputs: Props, inputs: Props) -> Props:
    """Outputs that the cloud computed: they survive an update that does not say otherwise."""
    return {key: value for key, value in outputs.items() if key not in inputs}


def read_inputs(inputs: Props, outputs: Props) -> Props:
    """The inputs that would describe what was found."""
    refreshed = aligned(inputs, {key: outputs.get(key, value) for key, value in inputs.items()})
    return {key: value for key, value in refreshed.items() if value is not None}


def imported(schema: Schema, outputs: Props) -> Props:
    """The inputs that an import writes into the program: all that has a value."""
    inputs = {
        key: value
        for key, value in outputs.items()
        if key in schema.inputs
        and value not in (None, "", [], {})
        and is_known(value)
        and key not in ("tagsAll", "region")
    }
    return {**inputs, DEFAULTED: [IMPORTED]}


def given(schema: Schema, last: Props, new: Props) -> Props:
    """The last inputs to compare `new` with: what an import found and the cloud computes anyway is no change.

    A provider keeps an argument that is optional and computed as it is, while the program says nothing of it.
    """
    if IMPORTED not in last.get(DEFAULTED, ()):
        return last
    return {key: value for key, value in last.items() if key in new or key not in schema.always}


def _placed(ctx: Context, binding: Binding, identity: str, state: Props) -> Props:
    if binding.tagging is None:
        return _region(ctx, binding)
    every = binding.tagging.current(ctx, binding.tag_key(identity, state))
    inherited = {name for name, value in ctx.default_tags.items() if every.get(name) == value}
    kept = state.get("tags") or {}
    own = {name: value for name, value in every.items() if name not in inherited or name in kept}
    return {**_region(ctx, binding), "tags": own or None, "tagsAll": every}


def _region(ctx: Context, binding: Binding) -> Props:
    return {"region": ctx.region} if "region" in schema_of(binding.token).outputs else {}


def _retagged(ctx: Context, binding: Binding, identity: str, state: Props, new: Props, had: Tags) -> Props:
    tagging = binding.tagging
    if tagging is None:
        return {}
    wanted = tagged(ctx, binding, new).get("tagsAll") or {}
    if wanted != had:
        asked(lambda: tagging.sync(ctx, binding.tag_key(identity, state), wanted, had))
    return {"tags": new.get("tags") or None, "tagsAll": wanted}
